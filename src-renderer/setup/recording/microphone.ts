import { fail, ok, type Result } from '#core/wire/result.ts';
import tapAddress from './tap-worklet.ts?worker&url';

/** A microphone that gives 16-bit samples while it is open. */
export interface Microphone {
  /** Every block as it comes. */
  onBlock(listener: (samples: Int16Array) => void): void;
  close(): void;
}

/**
 * Opens the PC's standard microphone, mono, at the pack's sample rate; the browser does the converting. Levelling and
 * echo filters are off, for they would make each word sound different.
 * @returns V355 when there is none, it may not be used, or the page is not allowed to ask
 */
export async function openMicrophone(sampleRate: number): Promise<Result<Microphone>> {
  // Browsers leave it out on pages that are not secure (plain http from another PC).
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!mediaDevices) return fail('V355', { reason: 'insecure' });
  let stream: MediaStream;
  try {
    stream = await mediaDevices.getUserMedia({
      audio: { channelCount: 1, autoGainControl: false, echoCancellation: false, noiseSuppression: false },
    });
  } catch (error) {
    return fail('V355', { reason: error instanceof DOMException ? error.name : 'unknown' });
  }
  const context = new AudioContext({ sampleRate });
  try {
    await context.audioWorklet.addModule(tapAddress);
    await context.resume();
  } catch {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
    return fail('V355', { reason: 'sound-system' });
  }
  let hear: (samples: Int16Array) => void = () => {};
  const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 1, channelCount: 1 });
  tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => hear(toInt16(data));
  // Without a way to the loudspeaker no browser runs the tap; it gives silence.
  context.createMediaStreamSource(stream).connect(tap).connect(context.destination);
  return ok({
    onBlock(listener) {
      hear = listener;
    },
    close() {
      hear = () => {};
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    },
  });
}

function toInt16(block: Float32Array): Int16Array {
  return Int16Array.from(block, value => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))));
}

/** Plays samples on the PC's loudspeaker; resolves at their end. */
export async function playSamples(samples: Int16Array, sampleRate: number): Promise<void> {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, Math.max(1, samples.length), sampleRate);
  buffer.copyToChannel(
    Float32Array.from(samples, sample => sample / 32_768),
    0,
  );
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  await new Promise<void>(resolve => {
    source.onended = () => resolve();
    source.start();
    setTimeout(resolve, buffer.duration * 1000 + 1000);
  });
  await context.close();
}
