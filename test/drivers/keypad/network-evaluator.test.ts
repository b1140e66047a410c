import { describe, expect, it } from 'vitest';
import {
  encodeBadPacket,
  encodeHeartbeatAnswer,
  encodeLogInAnswer,
  encodeLogInRequest,
  encodeShowPage,
  encodeUnknownCommand,
  readEvaluatorMessage,
} from '#drivers/keypad/network-evaluator.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';

const LOG_IN = '{"code":40001,"data":{"work_no":"10086","key":"secret"}}';

describe('[HW4] networked evaluator (10.5)', () => {
  it('vector 1: log in', () => {
    expect(readEvaluatorMessage(LOG_IN)).toEqual({ kind: 'log-in', workNumber: '10086', key: 'secret' });
  });

  it('vector 2: heartbeat', () => {
    expect(readEvaluatorMessage('{"code":40000,"data":1735781400000}')).toEqual({
      kind: 'heartbeat',
      at: 1_735_781_400_000,
    });
  });

  it('vector 3: show rating page', () => {
    expect(encodeShowPage('https://branch.local/rate?t=A001')).toBe(
      '{"code":50100,"state":1,"data":"https://branch.local/rate?t=A001","msg":""}',
    );
  });

  it('asks for a log-in, answers it, and answers heartbeats', () => {
    expect(JSON.parse(encodeLogInRequest())).toMatchObject({ code: 40_001, state: 0 });
    expect(JSON.parse(encodeLogInAnswer(true))).toMatchObject({ code: 40_001, state: 1 });
    expect(JSON.parse(encodeLogInAnswer(false))).toMatchObject({ code: 40_001, state: 0 });
    expect(JSON.parse(encodeHeartbeatAnswer(5))).toMatchObject({ code: 40_000, state: 1, data: 5 });
    expect(JSON.parse(encodeBadPacket())).toMatchObject({ code: 40_002, state: 0 });
    expect(JSON.parse(encodeUnknownCommand())).toMatchObject({ code: 50_000, state: 0 });
  });

  it.each([
    ['no JSON', 'hello', 'bad-packet'],
    ['no object', '[]', 'bad-packet'],
    ['no code', '{"data":1}', 'bad-packet'],
    ['log-in without a number', '{"code":40001,"data":{"key":"x"}}', 'bad-packet'],
    ['heartbeat without a time', '{"code":40000}', 'bad-packet'],
    ['another command', '{"code":41000}', 'unknown-command'],
  ])('%s', (_title, text, kind) => {
    expect(readEvaluatorMessage(text).kind).toBe(kind);
  });

  it(`random text and damaged messages never throw (seed ${SEED})`, () => {
    const random = randomOf(SEED);
    const kinds = new Set(['log-in', 'heartbeat', 'unknown-command', 'bad-packet']);
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const letters = [...LOG_IN];
      for (let change = 0; change < 4; change += 1)
        letters.splice(
          Math.floor(random() * letters.length),
          Math.floor(random() * 3),
          String.fromCharCode(random() * 0x100),
        );
      expect(kinds.has(readEvaluatorMessage(letters.join('')).kind)).toBe(true);
    }
  });
});
