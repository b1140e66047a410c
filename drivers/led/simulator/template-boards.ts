import type { Acknowledgement, FrameTemplate } from '#drivers/led/frame-template.ts';
import type { FamilyReceiver, FamilyRequest } from './board-family.ts';
import { decodeByTemplate } from './template-decoder.ts';

/** A frame that has not gone on for so long is over; generous, as a loaded machine hands bytes over in lumps. */
const FRAME_BROKEN_AFTER_MS = 200;

/** Boards that obey the frames of `template`. */
export function createTemplateReceiver(template: FrameTemplate): FamilyReceiver {
  let line: number[] = [];
  let lastByteMs = 0;

  /** The request at the very start of the line; takes its bytes away. `more`: it may still become one. */
  const next = (): FamilyRequest | 'more' | null => {
    const ping = template.ping;
    const asked = ping === undefined ? null : decodeByTemplate(template, ping.parts, line);
    if (ping !== undefined && asked?.kind === 'frame') {
      line = line.slice(asked.bytes);
      return requestFor(asked.address, null, ping.ack);
    }
    const told = decodeByTemplate(template, template.parts, line);
    if (told.kind === 'frame') {
      line = line.slice(told.bytes);
      return requestFor(told.address, told.text, template.ack === 'none' ? null : template.ack);
    }
    return told.kind === 'more' || asked?.kind === 'more' ? 'more' : null;
  };

  return {
    take(bytes, nowMs) {
      if (nowMs - lastByteMs > FRAME_BROKEN_AFTER_MS) line = [];
      lastByteMs = nowMs;
      const requests: FamilyRequest[] = [];
      for (const byte of bytes) {
        line.push(byte);
        for (;;) {
          const found = line.length === 0 ? 'more' : next();
          if (found === 'more') break;
          if (found === null) line = line.slice(1);
          else requests.push(found);
        }
      }
      return requests;
    },
  };
}

/** @param text what to show; null for a question that changes nothing */
function requestFor(address: number | null, text: string | null, ack: Acknowledgement | null): FamilyRequest {
  return {
    isFor: own => address === null || address === own,
    answered: ack !== null,
    serve(memory, busy) {
      // These boards have no word for "not now".
      if (busy) return null;
      if (text !== null) {
        if (text === '') memory.texts.delete(0);
        else memory.texts.set(0, text);
        memory.updates += 1;
      }
      return ack === null ? null : Uint8Array.from(ack.hex, byte => byte ?? 0x30);
    },
  };
}
