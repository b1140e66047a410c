import { mountScreen } from '../kit/mount-screen.tsx';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';
import { RatingApp } from './RatingApp.tsx';
import './rating-screen.css';
import './rate-keys.css';

mountScreen(
  { window: 'rating-screen', screen: 'rating-screen', texts: { zh, en }, touch: true },
  <RatingApp />,
);
