import { mountScreen } from '../kit/mount-screen.tsx';
import { BenchApp } from './BenchApp.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import './bench.css';

mountScreen({ window: 'bench', screen: 'bench', texts: { zh, en } }, <BenchApp />);
