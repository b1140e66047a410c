import type { BenchId, Spread } from './bench-line.ts';

/** What the bench says, in one language. */
export interface BenchTexts {
  readonly title: string;
  readonly baseline: string;
  readonly measured: string;
  readonly ratio: string;
  readonly budget: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly pass: string;
  readonly miss: string;
  /** Instead of a verdict, where there is no budget. */
  readonly compared: string;
  readonly who: Readonly<Record<Spread['who'], string>>;
  /** PostgreSQL is not there. */
  readonly notInstalled: string;
  readonly usage: string;
  /** The lobby screen's time needs real windows: `{median}` and `{p99}` in milliseconds. */
  readonly screenMeasured: string;
  readonly screenNotMeasured: string;
  readonly lines: Readonly<Record<BenchId, { readonly what: string; readonly how: string }>>;
}

/** Chinese first, then English, as everywhere in a branch. */
export const BENCH_TEXTS: Readonly<Record<'zh' | 'en', BenchTexts>> = {
  zh: {
    title: '性能预算:同一次运行中测得的比值',
    baseline: '基准',
    measured: '实测',
    ratio: '比值',
    budget: '预算',
    atLeast: '不低于',
    atMost: '不高于',
    pass: '达到',
    miss: '未达到',
    compared: '仅作比较',
    who: { pair: '双机', raw: '直接写盘', postgres: 'PostgreSQL 同步备机' },
    notInstalled:
      '未与 PostgreSQL 15 比较:本机没有安装,或未能启动;Debian 上可先运行 apt-get install postgresql-15',
    usage: '用法:npm run bench -- [--json]',
    screenMeasured:
      'PF2  柜员按键到大屏画出(Electron 真实窗口,{calls} 次):中位数 {median} ms,第 99 百分位 {p99} ms,预算 150 ms',
    screenNotMeasured:
      'PF2  柜员按键到大屏画出:需真实窗口,请运行 npm run test:e2e(pf2.spec.ts),结果会显示在这里',
    lines: {
      'PF1-throughput': {
        what: '取号(落盘)吞吐',
        how: '真实主机(判定、日志、状态)与直接用 better-sqlite3 写同样的行,同一磁盘,分块交替;取各块中位数',
      },
      'PF1-p99': { what: '取号(落盘)第 99 百分位', how: '与上一行同一次测量,全部取号的第 99 百分位' },
      'PF2-serial': {
        what: '柜员叫号到窗口屏最后一个字节',
        how: '经界面端口、主机、日志、设备到串口替身(不占线路时间);第 95 百分位,比值为预算除以实测',
      },
      PF4: {
        what: '双机提交:两块磁盘都写好才答复,中位数',
        how: '从命令到答复:真实主机、带双方证书的 TLS 连接、另一进程的备机,与随即直接用 better-sqlite3 写同样的行相比,同一磁盘,逐笔轮流',
      },
      'PF4-postgres': {
        what: '双机提交与带同步备机的 PostgreSQL 15 相比,中位数',
        how: '同一次测量:同样的行随后在一个往返、一个事务中写入(synchronous_commit = on,两份数据都在同一磁盘)',
      },
      PF6: { what: '2000 张号票的一天:判定与状态', how: '只算规则,不含日志;多天的中位数,比值为预算除以实测' },
    },
  },
  en: {
    title: 'Speed budgets, as ratios taken in this one run',
    baseline: 'baseline',
    measured: 'measured',
    ratio: 'ratio',
    budget: 'budget',
    atLeast: 'at least',
    atMost: 'at most',
    pass: 'kept',
    miss: 'missed',
    compared: 'compared only',
    who: { pair: 'pair', raw: 'raw', postgres: 'PostgreSQL with its standby' },
    notInstalled:
      'Not compared: PostgreSQL 15 is not on this machine, or did not start (Debian: apt-get install postgresql-15)',
    usage: 'Usage: npm run bench -- [--json]',
    screenMeasured:
      "PF2  Teller's key to the lobby screen painted (real windows in Electron, {calls} calls): median {median} ms, " +
      '99th percentile {p99} ms, budget 150 ms',
    screenNotMeasured:
      "PF2  Teller's key to the lobby screen painted: needs real windows; run npm run test:e2e (pf2.spec.ts), and the " +
      'result is shown here',
    lines: {
      'PF1-throughput': {
        what: 'Ticket issue, durable: throughput',
        how:
          'the real host (decide, journal, evolve) against better-sqlite3 alone inserting the same rows, on one disk, ' +
          'block by block in turn; median block of each',
      },
      'PF1-p99': {
        what: 'Ticket issue, durable: 99th percentile',
        how: 'the same measurement, over all its tickets',
      },
      'PF2-serial': {
        what: "Teller's call to the last byte on the window board",
        how:
          "through port, host, journal and devices to the serial port's stand-in, which takes no wire time; 95th " +
          'percentile; the ratio is budget over measured',
      },
      PF4: {
        what: 'A commit of a pair, answered when it is on both disks: median',
        how:
          'from command to answer: the real host, a link with TLS and both certificates, the standby in another process, ' +
          'against better-sqlite3 alone inserting the same rows right after it; on one disk, in turn commit by commit',
      },
      'PF4-postgres': {
        what: 'A commit of a pair against PostgreSQL 15 with a synchronous standby: median',
        how:
          'the same measurement: the same rows right after that, in one transaction and one round trip ' +
          '(synchronous_commit = on, both copies on the same disk)',
      },
      PF6: {
        what: 'A day of 2,000 tickets: decide and evolve',
        how: 'the rules alone, without a journal; median of several days; the ratio is budget over measured',
      },
    },
  },
};
