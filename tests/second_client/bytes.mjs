// Numbers, names, values, elements and the series, as docs/PROTOCOL.md says them.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

export const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const text = (string) => Buffer.from(string, 'utf8');

export const big = (number, bytes) => {
  const out = Buffer.alloc(bytes);
  let rest = BigInt.asUintN(8 * bytes, BigInt(number));
  for (let i = bytes - 1; i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};
export const number = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

export const varint = (value) => {
  const out = [];
  let rest = BigInt(value);
  for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Buffer.from([...out, Number(rest)]);
};
export const zigzag = (value) => BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
export const unzigzag = (value) => (value >> 1n) ^ -(value & 1n);
export const signed = (value) => varint(zigzag(value));
export const bytes = (buffer) => Buffer.concat([varint(buffer.length), buffer]);

export class Reader {
  constructor(buffer) {
    this.buffer = buffer;
    this.at = 0;
  }
  take(count) {
    const end = this.at + Number(count);
    assert(end <= this.buffer.length, 'cut short');
    const taken = this.buffer.subarray(this.at, end);
    this.at = end;
    return taken;
  }
  byte() {
    return this.take(1)[0];
  }
  varint() {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = BigInt(this.byte());
      value |= (byte & 127n) << shift;
      if (byte < 128n) return value;
    }
  }
  bytes() {
    return this.take(this.varint());
  }
  rest() {
    return this.take(this.buffer.length - this.at);
  }
}

// --- Names and values. A value is [tag, content], an element likewise, both as the tables of the page number them.

export const recordOfDot = (actor, seq) =>
  big(
    ((actor >> 16n) << 80n) |
      (8n << 76n) |
      (((actor >> 4n) & 0xfffn) << 64n) |
      (2n << 62n) |
      ((actor & 15n) << 58n) |
      BigInt(seq),
    16,
  );
export const dotOfRecord = (id) => {
  const bits = number(id);
  const isDot = ((bits >> 76n) & 15n) === 8n && ((bits >> 62n) & 3n) === 2n && (bits & ((1n << 58n) - 1n)) !== 0n;
  return (
    isDot && [
      ((bits >> 80n) << 16n) | (((bits >> 64n) & 0xfffn) << 4n) | ((bits >> 58n) & 15n),
      bits & ((1n << 58n) - 1n),
    ]
  );
};
export const uuid = (id) => id.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');

export const value = ([tag, content]) =>
  Buffer.concat([
    Buffer.from([tag]),
    (() => {
      switch (tag) {
        case 0:
        case 1:
        case 2:
          return Buffer.alloc(0);
        case 3:
        case 4:
        case 6:
        case 7:
          return signed(content);
        case 5:
          return bytes(text(content));
        case 9:
        case 11:
          return varint(content);
        case 10:
        case 12:
          return content;
        case 13:
          return Buffer.concat([varint(content.length), ...content.map(value)]);
        case 14:
          return bytes(content);
      }
      throw new Error(`tag ${tag}`);
    })(),
  ]);
export const WHOLE = [0];
export const element = ([tag, content]) =>
  Buffer.concat([
    Buffer.from([tag]),
    tag === 0
      ? Buffer.alloc(0)
      : tag === 2
        ? content
        : tag === 5
          ? Buffer.concat([big(content[0], 8), varint(content[1]), varint(content[2])])
          : tag === 4
            ? signed(content)
            : varint(content),
  ]);

// --- The series

export const stamp = (change) => (BigInt(change.second) << 20n) | BigInt(change.counter);
export const canonical = (change) =>
  Buffer.concat([
    varint(change.kind),
    change.record,
    varint(change.area),
    change.author,
    varint(stamp(change)),
    signed(change.time),
    varint(change.form),
    varint(change.edits.length),
    ...change.edits.flatMap((edit) => [
      varint(edit.field),
      element(edit.element),
      varint(edit.context.length),
      ...edit.context.flatMap(([actor, seq]) => [big(actor, 8), varint(seq)]),
      value(edit.value),
    ]),
  ]);
export const chainStart = (actor) => sha256(text('lumbung series 1'), big(actor, 8));
export const chainAfter = (chain, changes) => changes.reduce((hash, change) => sha256(hash, canonical(change)), chain);

// Of an area: the sum of the digests of its records.
export const sumOfDigests = (digests) =>
  big(
    BigInt.asUintN(
      128,
      digests.reduce((all, one) => all + one, 0n),
    ),
    16,
  ).toString('hex');
