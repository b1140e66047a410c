import { createRoot } from 'react-dom/client';
import { registerTexts, startLanguages } from '#renderer/kit/i18n.ts';
import '#renderer/kit/base.css';
import './console.css';
import { BranchFeed } from './branch-feed.ts';
import { ConsoleApp } from './ConsoleApp.tsx';
import { ConsoleFrame } from './ConsoleFrame.tsx';
import { askService, openNewsStream } from './console-client.ts';
import { en } from './locales/en.ts';
import { zh } from './locales/zh.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
startLanguages();
registerTexts('console', { zh, en });

const feed = new BranchFeed({ ask: askService, openStream: openNewsStream });
feed.start();
createRoot(root).render(
  <ConsoleFrame>
    <ConsoleApp feed={feed} ask={askService} />
  </ConsoleFrame>,
);
