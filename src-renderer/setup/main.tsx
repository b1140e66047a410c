import { mountScreen } from '../kit/mount-screen.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import { SetupApp } from './SetupApp.tsx';
import './setup.css';

mountScreen({ window: 'setup', screen: 'setup', texts: { zh, en } }, <SetupApp />);
