import { describe, expect, it } from 'vitest';
import { type AnnouncementOptions, announce, type SpokenCall } from '#drivers/voice/announcement.ts';
import { ENGLISH_PACK, MANDARIN_PACK, type PackPlan } from '#drivers/voice/clip-plans.ts';

/** The call as heard: the clips' texts between dots, the chime as 叮咚, a part without a clip in brackets. */
function heard(call: SpokenCall, options: Partial<AnnouncementOptions> = {}, pack: PackPlan = MANDARIN_PACK) {
  const announced = announce(call, {
    language: pack.language,
    clipOfText: text => pack.clips.find(clip => clip.counterNames?.includes(text))?.id ?? null,
    ...options,
  });
  if (!announced.ok) return announced.error;
  return announced.value.parts
    .map(part => {
      if (part.kind === 'speech') return `[${part.text}]`;
      if (part.clipId === 'chime') return '叮咚';
      return pack.clips.find(clip => clip.id === part.clipId)?.text ?? `no clip ${part.clipId}`;
    })
    .join(' · ');
}

describe('[HW5] Mandarin sentences from clips (hardware-protocols 12)', () => {
  it.each([
    ['A001', '3', false, '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · 三 · 号 · 窗口 · 办理业务'],
    ['C208', '12', false, '叮咚 · 请 · C · 二 · 零 · 八 · 号 · 到 · 十 · 二 · 号 · 窗口 · 办理业务'],
    ['V015', '20', false, '叮咚 · 请 · V · 零 · 一 · 五 · 号 · 到 · 二 · 十 · 号 · 窗口 · 办理业务'],
    ['1010', '21', true, '叮咚 · 请 · 幺 · 零 · 幺 · 零 · 号 · 到 · 二 · 十 · 一 · 号 · 窗口 · 办理业务'],
    ['A001', '105', false, '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · 一 · 零 · 五 · 号 · 窗口 · 办理业务'],
    ['A001', '105', true, '叮咚 · 请 · A · 零 · 零 · 幺 · 号 · 到 · 幺 · 零 · 五 · 号 · 窗口 · 办理业务'],
    ['B010', '10', false, '叮咚 · 请 · B · 零 · 一 · 零 · 号 · 到 · 十 · 号 · 窗口 · 办理业务'],
    ['B010', '11', true, '叮咚 · 请 · B · 零 · 幺 · 零 · 号 · 到 · 十 · 一 · 号 · 窗口 · 办理业务'],
    ['B999', '99', false, '叮咚 · 请 · B · 九 · 九 · 九 · 号 · 到 · 九 · 十 · 九 · 号 · 窗口 · 办理业务'],
    ['A001', '03', false, '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · 三 · 号 · 窗口 · 办理业务'],
    ['V001', 'VIP室', false, '叮咚 · 请 · V · 零 · 零 · 一 · 号 · 到 · 贵宾室 · 办理业务'],
    ['E007', '爱心窗口', false, '叮咚 · 请 · E · 零 · 零 · 七 · 号 · 到 · 爱心窗口 · 办理业务'],
  ])('%s → %s (幺: %s)', (ticket, counter, sayYao, expected) => {
    expect(heard({ ticket, counter }, { sayYao })).toBe(expected);
  });

  it('marks a named window without a clip for the operating system speech', () => {
    expect(heard({ ticket: 'A001', counter: '外币专柜' })).toBe(
      '叮咚 · 请 · A · 零 · 零 · 一 · 号 · 到 · [外币专柜] · 办理业务',
    );
    const announced = announce({ ticket: 'A001', counter: '外币专柜' }, { language: 'zh' });
    expect(announced).toMatchObject({ ok: true, value: { needsSpeech: true } });
    const numbered = announce({ ticket: 'A001', counter: '3' }, { language: 'zh' });
    expect(numbered).toMatchObject({ ok: true, value: { needsSpeech: false } });
  });
});

describe('[HW5] English sentences from clips', () => {
  it.each([
    ['A023', '3', '叮咚 · Ticket · A · zero · two · three · please go to · window · three'],
    ['C208', '12', '叮咚 · Ticket · C · two · zero · eight · please go to · window · twelve'],
    ['C208', '20', '叮咚 · Ticket · C · two · zero · eight · please go to · window · twenty'],
    ['C208', '21', '叮咚 · Ticket · C · two · zero · eight · please go to · window · twenty · one'],
    ['1010', '90', '叮咚 · Ticket · one · zero · one · zero · please go to · window · ninety'],
    ['A001', '105', '叮咚 · Ticket · A · zero · zero · one · please go to · window · one · zero · five'],
    ['V001', '贵宾室', '叮咚 · Ticket · V · zero · zero · one · please go to · the VIP room'],
    ['V001', 'Desk', '叮咚 · Ticket · V · zero · zero · one · please go to · [Desk]'],
  ])('%s → %s', (ticket, counter, expected) => {
    expect(heard({ ticket, counter }, { sayYao: true }, ENGLISH_PACK)).toBe(expected);
  });

  it('every number of a window and every sign of a ticket has a clip in both packs', () => {
    for (const pack of [MANDARIN_PACK, ENGLISH_PACK]) {
      for (let window = 1; window <= 120; window += 1) {
        expect(heard({ ticket: '0123', counter: String(window) }, { sayYao: true }, pack)).not.toContain(
          'no clip',
        );
      }
      for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
        expect(heard({ ticket: `${letter}456`, counter: '1' }, {}, pack)).not.toContain('no clip');
      }
    }
  });
});

describe('[DV6] only a ticket number and a counter can enter a call', () => {
  it.each([
    ['a name as ticket', { ticket: '张敏', counter: '3' }, 'ticket'],
    ['a card number as ticket', { ticket: '6222021234567890', counter: '3' }, 'ticket'],
    ['an ID as ticket', { ticket: '11010519491231002X', counter: '3' }, 'ticket'],
    ['a card number as counter', { ticket: 'A001', counter: '622202123456' }, 'counter'],
    ['a telephone number in a counter', { ticket: 'A001', counter: '窗口13800138' }, 'counter'],
    ['a sentence as counter', { ticket: 'A001', counter: '三号窗口,张敏先生' }, 'counter'],
    ['no counter', { ticket: 'A001', counter: '' }, 'counter'],
    ['a name beside them', { ticket: 'A001', counter: '3', name: '张敏' }, 'call'],
    ['no object', null as unknown as SpokenCall, 'call'],
  ])('%s is refused', (_title, call, field) => {
    expect(announce(call, { language: 'zh' })).toEqual({
      ok: false,
      error: { code: 'M601', facts: { field } },
    });
  });
});
