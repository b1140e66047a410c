import { mountScreen } from '../kit/mount-screen.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import { VoiceApp } from './VoiceApp.tsx';

mountScreen({ window: 'voice', screen: 'voice', texts: { zh, en } }, <VoiceApp />);
