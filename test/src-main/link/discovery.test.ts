import { describe, expect, it } from 'vitest';
import { listBranches, type Mdns, type MdnsService, startDiscovery } from '#main/link/discovery.ts';
import { findBranches } from '#main/station/nearby.ts';
import { handClock } from './link-fixture.ts';

/** A network on which everybody hears everybody. */
function network() {
  const listeners = new Set<(service: MdnsService) => void>();
  const published: { name: string; host: string; txt: Record<string, string> }[] = [];
  let open = 0;
  const shout = (service: MdnsService) => {
    for (const listener of listeners) listener(service);
  };
  const openMdns = (): Mdns => {
    open += 1;
    return {
      publish(service) {
        published.push(service);
        shout({ ...service, addresses: ['192.0.2.7', 'fe80::1'], referer: { address: '192.0.2.7' } });
        return { stop: () => void published.splice(published.indexOf(service), 1) };
      },
      find(_wanted, onUp) {
        listeners.add(onUp);
        return { stop: () => void listeners.delete(onUp) };
      },
      destroy: () => {
        open -= 1;
      },
    };
  };
  return { openMdns, published, shout, listeners, isOpen: () => open };
}

describe('[BR2] finding the host', () => {
  it('gives an address to try, once, and never the own one', () => {
    const { openMdns, isOpen, listeners, published } = network();
    const [station, host] = [startDiscovery('branch-1', openMdns), startDiscovery('branch-1', openMdns)];
    const heard: unknown[] = [];
    station.onFound(address => heard.push(address));
    host.announce(7440);
    host.announce(7440);
    expect(heard).toEqual([{ host: '192.0.2.7', port: 7440 }]);
    expect([station.found(), host.found()]).toEqual([heard, []]);
    expect(published).toHaveLength(1);
    host.stop();
    station.stop();
    expect([published, isOpen(), listeners.size]).toEqual([[], 0, 0]);
  });

  it('[BR8] tells nothing of the PC or the branch to who listens', () => {
    const { openMdns, published } = network();
    const discovery = startDiscovery('jianguo-road-branch', openMdns);
    discovery.announce(7440);
    expect(JSON.stringify(published)).not.toContain('jianguo');
    expect(published[0]?.host).toMatch(/^foyer-[0-9a-f]{12}\.local$/);
  });

  it('ignores other branches, and whatever is no address', () => {
    const { openMdns, published, shout } = network();
    const station = startDiscovery('branch-1', openMdns);
    startDiscovery('branch-2', openMdns).announce(7440);
    expect(station.found()).toEqual([]);
    startDiscovery('branch-1', openMdns).announce(7441);
    const txt = published.at(-1)?.txt ?? {};
    for (const port of [0, 65_536, 1.5, Number.NaN])
      shout({ name: 'x', port, txt, addresses: ['192.0.2.8'] });
    shout({ name: 'x', port: 7440, txt, addresses: ['evil.example', '', '::1; rm', '999.1.1.1'] });
    shout({ name: 'x', port: 7440, addresses: ['192.0.2.9'] });
    shout({ name: 'x', port: 7440, txt: 'text', addresses: ['192.0.2.9'] });
    expect(station.found()).toEqual([{ host: '192.0.2.7', port: 7441 }]);
    // Somebody who shouts all the time does not fill the memory.
    for (let n = 0; n < 500; n += 1) shout({ name: 'x', port: 7440, txt, addresses: [`192.0.2.${n % 250}`] });
    expect(station.found().length).toBeLessThanOrEqual(16);
  });
});

describe('[BR2] branches nearby, for a PC that is about to join one', () => {
  it('are addresses and nothing else, each once, for as long as it was asked', async () => {
    const { openMdns, published, shout, isOpen } = network();
    const clock = handClock();
    const found = listBranches(openMdns, 3_000, clock);
    const [one, two] = [startDiscovery('branch-1', openMdns), startDiscovery('branch-2', openMdns)];
    one.announce(7440);
    one.announce(7440);
    two.announce(7441);
    shout({ name: 'x', port: 7442, addresses: ['192.0.2.9'], txt: { branch: '<script>' } });
    shout({ name: 'x', port: 7443, addresses: ['192.0.2.9'] });
    for (let n = 0; n < 100; n += 1)
      shout({ ...published[0], name: 'x', port: 8000 + n, addresses: ['192.0.2.9'] });
    clock.advance(3_000);
    const list = await found;
    expect(list.slice(0, 2).map(({ host, port }) => [host, port])).toEqual([
      ['192.0.2.7', 7440],
      ['192.0.2.7', 7441],
    ]);
    expect(list[0]?.branchHint).not.toBe(list[1]?.branchHint);
    expect(list.length).toBeLessThanOrEqual(16);
    expect(JSON.stringify(list)).not.toContain('script');
    one.stop();
    two.stop();
    expect(isOpen()).toBe(0);
  });

  it('are none where the network refuses', async () => {
    const openMdns = () => {
      throw new Error('multicast refused');
    };
    expect(await findBranches(1, { openMdns })).toEqual([]);
  });
});
