/** Runs beside the sound: hands on what the microphone gives, as it comes, in blocks of 128 samples. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

class Tap extends AudioWorkletProcessor {
  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const channel = input?.[0];
    // The block is used again by the browser: send a copy.
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
}

registerProcessor('tap', Tap);
