import { type Session, session } from 'electron';
import { refusal, type Site } from '#main/web/site.ts';
import { APP_ORIGIN, mayLoad, mayRecord, maySave, maySeeOutputs } from './app-origin.ts';

/**
 * The session all our windows share: answers our own origin from `site`, loads nothing else, grants no permission or
 * device to anybody but the microphone to the set-up window (recording a voice pack) and the
 * choice of a loudspeaker to the speaker window, and lets nothing be saved but what our own pages made (the set-up's export). Call once the app is ready.
 */
export function createAppSession(site: Site): Session {
  const appSession = session.fromPartition('persist:foyer');
  appSession.protocol.handle('https', async request => {
    const { origin, pathname } = new URL(request.url);
    const answer = origin === APP_ORIGIN ? await site.answer(request.method, pathname) : refusal(403, 'M605');
    // A copy whose buffer is known to be unshared, as `Response` wants it.
    return new Response(Uint8Array.from(answer.body), { status: answer.status, headers: answer.headers });
  });
  appSession.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }));
  appSession.setPermissionRequestHandler((contents, permission, decide, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(permission === 'media' && mayRecord(contents.getURL(), wanted));
  });
  appSession.setPermissionCheckHandler((contents, permission, _origin, { mediaType }) => {
    const wanted = mediaType === undefined ? [] : [mediaType];
    // Tried with the made-up loudspeakers of a browser; in Electron with none, for want of a sound card.
    // Newer Electrons ask for a loudspeaker by a name of its own, with no kind of media.
    const isForSound = permission === 'media' || (permission as string) === 'speaker-selection';
    return isForSound && maySeeOutputs(contents?.getURL() ?? '', wanted);
  });
  appSession.setDevicePermissionHandler(() => false);
  appSession.on('will-download', (event, item) => {
    if (!maySave(item.getURL())) event.preventDefault();
  });
  return appSession;
}
