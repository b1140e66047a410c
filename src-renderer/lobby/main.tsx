import { mountScreen } from '../kit/mount-screen.tsx';
import { LobbyApp } from './LobbyApp.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import './lobby.css';

mountScreen({ window: 'lobby', screen: 'lobby', texts: { zh, en } }, <LobbyApp />);
