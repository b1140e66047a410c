import { mountScreen } from '../kit/mount-screen.tsx';
import { LobbyScreen } from './LobbyScreen.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';

mountScreen({ window: 'lobby-screen', screen: 'boards', texts: { zh, en }, theme: 'dark' }, <LobbyScreen />);
