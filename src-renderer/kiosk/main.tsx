import { mountScreen } from '../kit/mount-screen.tsx';
import { KioskApp } from './KioskApp.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import './kiosk.css';
import './number-page.css';
import './arrival-pages.css';

mountScreen({ window: 'kiosk', screen: 'kiosk', texts: { zh, en }, touch: true }, <KioskApp />);
