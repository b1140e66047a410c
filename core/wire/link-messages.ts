import { z } from 'zod';
import { type EventEnvelope, isEventEnvelope } from './event-envelope.ts';
import { DurationMs, Id } from './fields.ts';
import { MAX_SET_UP_MESSAGE_CHARACTERS, WindowKind } from './port-messages.ts';
import { StationRole } from './views-stations.ts';

/**
 * What the PCs of a branch say to each other over their link (BR2). One JSON frame a message: `{n, m}`, where `n`
 * counts the sender's frames on this connection from 1 without gaps.
 */
export const LINK_PROTOCOL_VERSION = 2;
/** Longer frames are neither sent nor read. Holds one event of the largest size with room for its batch. */
export const MAX_LINK_FRAME_BYTES = 8 * 1024 * 1024;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Seq = z.int().min(0);
const Epoch = z.int().min(0);
const LogPlace = z.strictObject({ seq: Seq, hash: Hash });
const StationName = Id;

const RoleChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pair-made'), standby: StationName }),
  z.strictObject({ kind: z.literal('pair-ending') }),
  z.strictObject({ kind: z.literal('pair-ended') }),
  z.strictObject({
    kind: z.literal('epoch-raised'),
    epoch: Epoch,
    host: StationName,
    by: z.enum(['start', 'head-office', 'hand', 'conflict']),
    tookOver: z.boolean(),
    over: StationName.nullable(),
  }),
  z.strictObject({
    kind: z.literal('late-merged'),
    station: StationName,
    hashes: z.array(Hash).max(100_000),
    more: z.literal(true).exactOptional(),
  }),
]);

/** Judged as `EventEnvelope` does; every event of the branch passes here at every PC. */
const Event = z.custom<EventEnvelope>(isEventEnvelope);

/** A batch of the log with everything another disk needs to hold it: its events, and the answer to a retry. */
export const LinkBatch = z.strictObject({
  epoch: Epoch,
  firstSeq: z.int().min(1),
  lastSeq: z.int().min(1),
  previousHash: Hash,
  hash: Hash,
  change: RoleChange.nullable(),
  events: z.array(Event).min(1).max(10_000),
  /** The command these events come from, as its sender was answered; null for the program's own work. */
  command: z
    .strictObject({ id: z.string().min(1).max(64), fingerprint: z.string().max(128), answer: z.unknown() })
    .nullable(),
});
export type LinkBatch = z.infer<typeof LinkBatch>;

const Batches = z.array(LinkBatch).max(1_000);
const term = { epoch: Epoch, host: StationName.nullable() };

/** The `ReplicationMessage` of `core/replication`, whose batches are whole here. */
export const LinkReplication = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beat'), ...term, tip: LogPlace }),
  z.strictObject({
    kind: z.literal('follow'),
    ...term,
    tip: LogPlace,
    ends: z.array(z.strictObject({ epoch: Epoch, seq: Seq, hash: Hash })).max(10_000),
  }),
  z.strictObject({ kind: z.literal('agree'), ...term, place: LogPlace }),
  z.strictObject({ kind: z.literal('batches'), ...term, batches: Batches }),
  z.strictObject({ kind: z.literal('stored'), ...term, place: LogPlace }),
  z.strictObject({ kind: z.literal('fenced'), ...term }),
  z.strictObject({
    kind: z.literal('late'),
    ...term,
    batches: Batches,
    more: z.literal(true).exactOptional(),
  }),
]);
export type LinkReplication = z.infer<typeof LinkReplication>;

/** Certificates as base64 of their DER form. */
const Der = z
  .string()
  .max(8 * 1024)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** Serial numbers that are no longer believed, signed by the branch's authority. Only grows. */
export const Revocations = z.strictObject({
  branch: Id,
  number: z.int().min(0),
  serials: z.array(z.string().regex(/^[0-9a-f]{1,40}$/)).max(10_000),
  signature: z.string().max(200),
});
export type Revocations = z.infer<typeof Revocations>;

/** Certificates that are valid, signed by the branch's authority: only who holds its key can add one. */
export const IssuedList = z.strictObject({
  branch: Id,
  issued: z
    .array(
      z.strictObject({
        serial: z.string().regex(/^[0-9a-f]{1,40}$/),
        station: StationName,
        /** Milliseconds since 1970. */
        notAfterMs: z.number(),
      }),
    )
    .max(10_000),
  signature: z.string().max(200),
});
export type IssuedList = z.infer<typeof IssuedList>;

/** Between the links themselves; nothing above them sees these. */
const AuthorityMessage = z.discriminatedUnion('part', [
  /** A station asks for its next certificate, with a request for a new key. */
  z.strictObject({ kind: z.literal('authority'), part: z.literal('renew'), request: Der }),
  z.strictObject({ kind: z.literal('authority'), part: z.literal('renewed'), certificate: Der }),
  z.strictObject({ kind: z.literal('authority'), part: z.literal('revocations'), list: Revocations }),
  /** The standby offers a key made for this once … */
  z.strictObject({ kind: z.literal('authority'), part: z.literal('ask'), exchangeKey: Der }),
  /** … and gets the authority sealed to it, so that it can issue certificates after a take-over. */
  z.strictObject({
    kind: z.literal('authority'),
    part: z.literal('grant'),
    exchangeKey: Der,
    sealed: z.string().max(4 * 1024 * 1024),
  }),
  /** Since 2. Between PCs that hold the authority: what each has issued, so that the next host knows every PC. */
  z.strictObject({ kind: z.literal('authority'), part: z.literal('issued'), list: IssuedList }),
]);

const WindowNumber = z.int().min(1).max(1_000_000);
/** `BranchPort` connections of windows on the sender's PC, carried to the host and numbered. */
const WindowMessage = z.discriminatedUnion('part', [
  z.strictObject({
    kind: z.literal('window'),
    part: z.literal('open'),
    window: WindowNumber,
    /** Which kinds it may be, as for `servePort`; null: it says so itself. */
    allowed: z.array(WindowKind).max(16).nullable(),
  }),
  z.strictObject({
    kind: z.literal('window'),
    part: z.literal('message'),
    window: WindowNumber,
    text: z.string().max(4 * MAX_SET_UP_MESSAGE_CHARACTERS),
  }),
  z.strictObject({ kind: z.literal('window'), part: z.literal('close'), window: WindowNumber }),
]);

/**
 * The first frame of both sides. Unknown fields are let through: a newer program may say more, and is told politely
 * when it is too new.
 */
export const LinkHello = z.object({
  kind: z.literal('hello'),
  protocol: z.int().min(1),
  programVersion: z.string().max(40),
  branch: Id,
  station: StationName,
});
export type LinkHello = z.infer<typeof LinkHello>;

const Addresses = z
  .array(z.strictObject({ host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }))
  .max(8);

/** What a station says about itself and whom it knows. Addresses are ways to try, never who somebody is (BR8). */
const AboutStation = z.strictObject({
  kind: z.literal('about'),
  name: z.string().max(60),
  roles: z.array(StationRole).max(10),
  program: z.string().max(60),
  /** How many printers it has set up. */
  printers: z.int().min(0),
  /** Its certificate's end, milliseconds since 1970. */
  certificateUntil: z.number(),
  listens: Addresses,
  peers: z.array(z.strictObject({ station: StationName, addresses: Addresses })).max(100),
  /** Since 2. False: its program is too old for what the log holds; it keeps the log unread. */
  readsLog: z.boolean().optional(),
});

/** A customer's number as a keyed hash, and the class it has (TK2). */
const CustomerKey = z.string().max(64);
const CustomerClass = z.strictObject({ key: CustomerKey, classId: Id });
/** Since 2. From the host to its standby and back: the classes of customers, which no journal holds. */
const CustomerClassMessage = z.discriminatedUnion('part', [
  /** A sum of each part of the host's table, for the standby to compare. */
  z.strictObject({
    kind: z.literal('customer-classes'),
    part: z.literal('sums'),
    sums: z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(4_096),
  }),
  /** The standby's answer: which parts differ. */
  z.strictObject({
    kind: z.literal('customer-classes'),
    part: z.literal('ask'),
    parts: z.array(z.int().min(0).max(4_095)).max(4_096),
  }),
  /** Everything the table holds of keys after `after`, up to and with `upTo`; null: to the end. */
  z.strictObject({
    kind: z.literal('customer-classes'),
    part: z.literal('piece'),
    after: CustomerKey,
    upTo: CustomerKey.nullable(),
    rows: z.array(CustomerClass).max(10_000),
  }),
  /** One that has just changed. */
  z.strictObject({ kind: z.literal('customer-classes'), part: z.literal('set'), row: CustomerClass }),
]);

export const LinkMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replication'), message: LinkReplication }),
  WindowMessage,
  /** An order of the host to a device on the receiver's PC. A repeat with the same id has one effect. */
  z.strictObject({
    kind: z.literal('device-command'),
    commandId: Id,
    deviceId: Id,
    order: z.record(z.string(), z.unknown()),
    /** Of no use any more when it is this old. */
    lifeMs: DurationMs.nullable(),
  }),
  z.strictObject({
    kind: z.literal('device-answer'),
    commandId: Id,
    code: z.string().max(8).nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** From the host: everything up to here is on every disk that answers need (BR3). */
  z.strictObject({
    kind: z.literal('safe'),
    seq: Seq,
    /** In whose log: a word of an earlier epoch is about another one. Version 1 does not say it. */
    epoch: Epoch.exactOptional(),
    /** The pair is broken: later batches that give no ticket to a counter are answered too (BR4). */
    alone: z.boolean().optional(),
  }),
  AboutStation,
  /**
   * From the host to its standby, and to nobody else: what is not in the journal and a take-over needs. Passwords as
   * argon2id hashes.
   */
  z.strictObject({
    kind: z.literal('secrets'),
    /** The key the branch shows to head office; null: it has none yet. */
    uploadKey: z.string().max(100).nullable(),
    passwords: z
      .array(z.strictObject({ staffNumber: z.string().max(16), hash: z.string().max(200) }))
      .max(2_000),
    /** The file with the keys for customers; null: there is none. */
    customerKeys: z.string().max(100_000).nullable(),
  }),
  CustomerClassMessage,
  /** Since 2. From the host: what people call the receiver's PC from now on … */
  z.strictObject({ kind: z.literal('rename'), orderId: Id, name: z.string().max(40) }),
  /** … and whether it has kept that; null: it has. */
  z.strictObject({ kind: z.literal('renamed'), orderId: Id, code: z.string().max(8).nullable() }),
  AuthorityMessage,
  /** The last frame: why the sender ends the connection; null: it closes properly. */
  z.strictObject({ kind: z.literal('bye'), code: z.string().max(8).nullable() }),
]);
export type LinkMessage = z.infer<typeof LinkMessage>;

/** One message on the line, with its number. */
export const LinkFrame = z.strictObject({
  n: z.int().min(1),
  m: z.discriminatedUnion('kind', [LinkHello, LinkMessage]),
});
export type LinkFrame = z.infer<typeof LinkFrame>;

/** What a new station and its host say while it is paired (BR2). One JSON message a frame. */
const Base64 = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

export const PairingAsk = z.strictObject({
  protocol: z.int().min(1),
  station: StationName,
  /** A certificate request (PKCS #10): the station's public key, signed by its private one. */
  request: Der,
  nonce: Base64,
});
export type PairingAsk = z.infer<typeof PairingAsk>;
export const PairingChallenge = z.strictObject({
  branch: Id,
  host: StationName,
  nonce: Base64,
});
export type PairingChallenge = z.infer<typeof PairingChallenge>;
export const PairingProof = z.strictObject({ proof: Base64 });
export const PairingGrant = z.strictObject({ certificate: Der, authority: Der, proof: Base64 });
export type PairingGrant = z.infer<typeof PairingGrant>;
export const PairingRefusal = z.strictObject({
  code: z.string().max(8),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
