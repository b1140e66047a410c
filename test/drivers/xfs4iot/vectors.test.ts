import { describe, expect, it } from 'vitest';
import { askProcessId, askStatus, feedAndCut } from '#drivers/printer/escpos-bytes.ts';
import {
  rawAnswer,
  rawPayload,
  readXfsMessage,
  type XfsCommandName,
  xfsCommand,
} from '#drivers/xfs4iot/envelope.ts';
import {
  codeOfCompletion,
  NOTHING_KNOWN,
  toAutomaticStatus,
  toRealTimeStatus,
  withStatus,
  withThreshold,
} from '#drivers/xfs4iot/printer-status.ts';
import { splitRawBytes } from '#drivers/xfs4iot/split-raw-bytes.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const completion = (text: string) => {
  const message = readXfsMessage(text);
  if (message?.header.type !== 'completion' || !('payload' in message)) throw new Error(text);
  return { header: message.header, payload: message.payload };
};

describe('messages of XFS4IoT (hardware-protocols 11.4)', () => {
  it('[HW6] vector 1: discovery', () => {
    expect(xfsCommand('ServicePublisher.GetServices', 1, 3000)).toBe(
      '{"header":{"type":"command","name":"ServicePublisher.GetServices","version":"2.0","requestId":1,"timeout":3000},"payload":{}}',
    );
    expect(
      readXfsMessage(
        '{"header":{"type":"acknowledge","name":"ServicePublisher.GetServices","version":"2.0","requestId":1}}',
      ),
    ).toEqual({ header: { type: 'acknowledge', name: 'ServicePublisher.GetServices', requestId: 1 } });
    const done = completion(
      '{"header":{"type":"completion","name":"ServicePublisher.GetServices","version":"2.0","requestId":1,"completionCode":"success"},"payload":{"vendorName":"ACME","services":[{"serviceURI":"wss://192.0.2.10:5846/xfs4iot/v1.0/ReceiptPrinter1"}]}}',
    );
    expect(done.payload).toEqual({
      vendorName: 'ACME',
      services: [{ serviceURI: 'wss://192.0.2.10:5846/xfs4iot/v1.0/ReceiptPrinter1' }],
    });
  });

  it('[HW6] vector 2: raw print and paper out', () => {
    const bytes = hex('1B 40 1C 26 41 30 30 31 0A 1D 56 42 00');
    expect(xfsCommand('Printer.PrintRaw', 7, 10_000, rawPayload(bytes, false))).toBe(
      '{"header":{"type":"command","name":"Printer.PrintRaw","version":"3.0","requestId":7,"timeout":10000},"payload":{"inputData":"no","data":"G0AcJkEwMDEKHVZCAA=="}}',
    );
    const { header, payload } = completion(
      '{"header":{"type":"completion","name":"Printer.PrintRaw","version":"3.0","requestId":7,"completionCode":"commandErrorCode"},"payload":{"errorCode":"paperOut"}}',
    );
    expect(codeOfCompletion(header.completionCode, payload)).toBe('P101');
  });

  it('[HW6] vector 3: the paper sensor through raw data', () => {
    expect(rawPayload(askStatus(4), true)).toEqual({ inputData: 'yes', data: 'EAQE' });
    const { payload } = completion(
      '{"header":{"type":"completion","name":"Printer.PrintRaw","version":"3.0","requestId":8,"completionCode":"success"},"payload":{"data":"fg=="}}',
    );
    expect(rawAnswer(payload)).toEqual(Uint8Array.of(0x7e));
  });

  it('[HW6] vector 4: process id through raw data', () => {
    expect(rawPayload(askProcessId('0001'), true)).toEqual({ inputData: 'yes', data: 'HShIBgAwMDAwMDE=' });
    expect(rawAnswer({ data: 'NyIwMDAxAA==' })).toEqual(hex('37 22 30 30 30 31 00'));
  });

  it('[HW6] vector 5: status and event', () => {
    const { payload } = completion(
      '{"header":{"type":"completion","name":"Common.Status","version":"2.0","requestId":9,"completionCode":"success"},"payload":{"common":{"device":"online"},"printer":{"media":"notPresent","paper":{"upper":"low"}}}}',
    );
    const low = withStatus(NOTHING_KNOWN, payload);
    expect(low).toEqual({ device: 'online', media: 'notPresent', paper: { upper: 'low' } });
    expect(toAutomaticStatus(low)).toEqual(hex('10 00 03 00'));
    expect(toRealTimeStatus(low, 4)).toEqual(hex('1E'));
    const event = readXfsMessage(
      '{"header":{"type":"unsolicited","name":"Printer.PaperThresholdEvent","version":"2.0"},"payload":{"paperSource":"upper","threshold":"out"}}',
    );
    if (event?.header.type !== 'unsolicited' || !('payload' in event)) throw new Error('no event');
    const out = withThreshold(low, event.payload);
    expect(toAutomaticStatus(out)).toEqual(hex('18 00 0F 00'));
    expect(toRealTimeStatus(out, 4)).toEqual(hex('7E'));
  });

  it('[HW6] vector 6: rejected request id', () => {
    expect(
      readXfsMessage(
        '{"header":{"type":"acknowledge","name":"Common.Status","version":"2.0","requestId":0,"status":"invalidRequestID"}}',
      ),
    ).toEqual({
      header: { type: 'acknowledge', name: 'Common.Status', requestId: 0, status: 'invalidRequestID' },
    });
  });
});

describe('what a service says of its printer', () => {
  it.each([
    ['{"common":{"device":"offline"}}', '18 00 00 00', '1A'],
    ['{"common":{"device":"hardwareError"}}', '18 20 00 00', '1A'],
    ['{"printer":{"media":"jammed"}}', '18 40 00 00', '1A'],
    ['{"printer":{"paper":{"upper":"full","lower":"out"}}}', '18 00 0F 00', '1A'],
    ['{"common":{"device":"deviceBusy"},"printer":{"paper":{"upper":"full"}}}', '10 00 00 00', '12'],
  ])('[HW6] %s is the same as %s from the printer itself', (payload, automatic, first) => {
    const status = withStatus(NOTHING_KNOWN, JSON.parse(payload));
    expect(toAutomaticStatus(status)).toEqual(hex(automatic));
    expect(toRealTimeStatus(status, 1)).toEqual(hex(first));
  });

  it.each([
    ['success', undefined, null],
    ['commandErrorCode', 'paperJammed', 'P111'],
    ['commandErrorCode', 'shutterFail', 'P107'],
    ['commandErrorCode', 'constructor', 'P104'],
    ['commandErrorCode', 7, 'P104'],
    ['deviceNotReady', undefined, 'P103'],
    ['hardwareError', undefined, 'P107'],
    ['timeOut', undefined, 'P104'],
    ['authorisationRequired', undefined, 'P114'],
    ['somethingNew', undefined, 'P104'],
  ])('[HW6] completion %s %s is %s', (completionCode, errorCode, code) => {
    expect(codeOfCompletion(completionCode, { errorCode })).toBe(code);
  });

  it('[HW6] only what changed is taken over, and what cannot be read changes nothing', () => {
    const before = withStatus(NOTHING_KNOWN, {
      common: { device: 'online' },
      printer: { paper: { upper: 'low' } },
    });
    expect(withStatus(before, { printer: { media: 'present' } })).toEqual({ ...before, media: 'present' });
    for (const payload of [null, 1, 'x', [], { common: 5 }, { printer: { paper: 'out', media: {} } }])
      expect(withStatus(before, payload)).toEqual(before);
    expect(withThreshold(before, { threshold: 'out' })).toEqual(before);
  });
});

describe('raw bytes', () => {
  it('[HW6] questions at the end of a ticket are put apart, in order; pictures are left whole', () => {
    const ticket = hex('1B 40 1C 26 41 0A');
    const queued = hex('1D 72 01');
    for (const cut of [feedAndCut('partial'), feedAndCut('full'), feedAndCut('none')]) {
      const asked = new Uint8Array([...askProcessId('0001'), ...cut]);
      const both = new Uint8Array([...ticket, ...asked, ...queued]);
      expect(splitRawBytes(both)).toEqual({ silent: ticket, questions: [asked, queued] });
      const one = new Uint8Array([...ticket, ...cut, ...queued]);
      expect(splitRawBytes(one)).toEqual({
        silent: new Uint8Array([...ticket, ...cut]),
        questions: [queued],
      });
    }
    expect(splitRawBytes(ticket)).toEqual({ silent: ticket, questions: [] });
    expect(splitRawBytes(askStatus(1))).toEqual({ silent: new Uint8Array(), questions: [askStatus(1)] });
    const picture = new Uint8Array([...askProcessId('0001'), ...ticket]);
    expect(splitRawBytes(picture)).toEqual({ silent: picture, questions: [] });
  });
});

describe('messages from anybody', () => {
  it(`[HW6] whatever is changed in a message, it is read or refused and nothing breaks (seed ${SEED})`, {
    timeout: 120_000,
  }, () => {
    const random = randomOf(SEED);
    const names: XfsCommandName[] = ['Common.Status', 'Printer.PrintRaw'];
    const base = names.flatMap(name => [
      xfsCommand(name, 3, 10, rawPayload(Uint8Array.of(1, 2, 3), true)),
      `{"header":{"type":"completion","name":"${name}","requestId":3,"completionCode":"success"},"payload":{"data":"fg==","common":{"device":"online"},"printer":{"paper":{"upper":"out"}}}}`,
      '{"header":{"type":"unsolicited","name":"Common.StatusChangedEvent"},"payload":{"printer":{"paper":{"upper":"low"}}}}',
    ]);
    const pieces = [
      '{',
      '}',
      '"',
      'null',
      '[]',
      ':',
      '-1',
      '1e999',
      '\\u0000',
      '__proto__',
      '汉',
      ',',
      'true',
    ];
    let status = NOTHING_KNOWN;
    let understood = 0;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      let text = base[run % base.length] ?? '';
      for (let change = 0; change < 1 + random() * 3; change += 1) {
        const at = Math.floor(random() * text.length);
        const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
        text = text.slice(0, at) + (random() < 0.7 ? piece : '') + text.slice(at + Math.floor(random() * 4));
      }
      const message = readXfsMessage(text);
      if (message === null || !('payload' in message)) continue;
      understood += 1;
      status = withThreshold(withStatus(status, message.payload), message.payload);
      expect(toAutomaticStatus(status)).toHaveLength(4);
      expect(Object.keys(status.paper).length).toBeLessThanOrEqual(16);
      expect(rawAnswer(message.payload).length).toBeLessThan(100);
    }
    expect(understood).toBeGreaterThan(0);
    expect(readXfsMessage('['.repeat(100_000))).toBeNull();
  });
});
