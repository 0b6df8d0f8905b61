// Two soft tones, made here so that no file is fetched for them.

/** Plays the chime; a browser that has not been clicked in yet may keep silent. */
export async function chime(): Promise<void> {
  if (!("AudioContext" in window)) return;
  const context = new AudioContext();
  await context.resume().catch(() => undefined);
  if (context.state !== "running") return void context.close();
  tone(context, 659.25, 0);
  tone(context, 880, 0.14);
  window.setTimeout(() => void context.close(), 1_200);
}

/** One tone that swells for a moment and fades. */
function tone(context: AudioContext, pitch: number, after: number): void {
  const begins = context.currentTime + after;
  const voice = new OscillatorNode(context, { type: "sine", frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, begins);
  volume.gain.linearRampToValueAtTime(0.12, begins + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, begins + 0.6);
  voice.connect(volume).connect(context.destination);
  voice.start(begins);
  voice.stop(begins + 0.62);
}
