import { mountScreen } from '../kit/mount-screen.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import { TellerApp } from './TellerApp.tsx';
import './teller.css';

mountScreen({ window: 'teller', screen: 'teller', texts: { zh, en } }, <TellerApp />);
