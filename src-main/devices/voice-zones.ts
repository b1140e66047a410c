import type { VoiceEntry } from '#core/wire/device-settings.ts';
import type { LocalText } from '#core/wire/fields.ts';
import type { AudioOutputs } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import type { DeviceGroup } from './device-desk.ts';
import type { PlayedReason, VoiceGroup } from './voice.ts';

/** All zones of this station (DV3): one queue each, and none knows of another. */
export interface VoiceZones extends DeviceGroup {
  /** The first is the one a speaker window without an address of its own speaks for. */
  readonly zoneIds: readonly string[];
  /** What a zone's speaker window should be playing; V354 for a zone that is not there. */
  view(zoneId?: string): Result<View<'voice'>>;
  played(announcementId: string, didPlay: boolean, reason?: PlayedReason): void;
  wavOf(announcementId: string): Uint8Array | null;
  /** What a speaker window says of its PC's sound outputs; a zone that is not there changes nothing. */
  hearOutputs(report: AudioOutputs): void;
  /** All outputs told of so far, by label. */
  outputs(): readonly string[];
  /** Says a text in one zone, or wherever a counter's calls are spoken. */
  sayText(where: { readonly zoneId: string } | { readonly counterId: string }, text: LocalText): void;
}

/** Whether a zone speaks the calls of a counter, given all zones. */
export function zoneSpeaksFor(zone: VoiceEntry, zones: readonly VoiceEntry[], counterId: string): boolean {
  if (zone.counterIds !== null) return zone.counterIds.includes(counterId);
  return !zones.some(other => other.counterIds?.includes(counterId));
}

/** @param zones at least one */
export function joinVoiceZones(zones: readonly VoiceGroup[]): VoiceZones {
  return {
    zoneIds: zones.map(zone => zone.id),
    start() {
      for (const zone of zones) zone.start();
    },
    follow(events) {
      for (const zone of zones) zone.follow(events);
    },
    view(zoneId) {
      const zone = zoneId === undefined ? zones[0] : zones.find(({ id }) => id === zoneId);
      return zone ? ok(zone.view()) : fail('V354', { zone: zoneId ?? '' });
    },
    played(announcementId, didPlay, reason) {
      for (const zone of zones) zone.played(announcementId, didPlay, reason);
    },
    hearOutputs(report) {
      const zone = report.zoneId === null ? zones[0] : zones.find(({ id }) => id === report.zoneId);
      zone?.hearOutputs(report);
    },
    outputs: () => [...new Set(zones.flatMap(zone => zone.outputs()))],
    wavOf: announcementId => zones.map(zone => zone.wavOf(announcementId)).find(wav => wav !== null) ?? null,
    sayText(where, text) {
      for (const zone of zones)
        if ('zoneId' in where ? zone.id === where.zoneId : zone.speaksFor(where.counterId))
          zone.sayText(text);
    },
    async stop() {
      await Promise.all(zones.map(zone => zone.stop()));
    },
  };
}
