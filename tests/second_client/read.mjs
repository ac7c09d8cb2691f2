// A page, read as docs/PROTOCOL.md says.

import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { Reader, WHOLE, number, recordOfDot, unzigzag } from './bytes.mjs';

// --- Bundle, read

const readColumn = (reader, count) => {
  if (count === 0) return [];
  const form = reader.byte();
  if (form === 0) return Array(count).fill(reader.varint());
  let before = 0n;
  return Array.from({ length: count }, () => {
    const one = reader.varint();
    return form === 1 ? one : (before = BigInt.asUintN(64, before + unzigzag(one)));
  });
};
const readRecords = (reader, names, count) => {
  const makers = readColumn(reader, count),
    seqs = readColumn(reader, count);
  return makers.map((maker, i) =>
    maker === 0n ? names.uuids[seqs[i]] : recordOfDot(names.actors[maker - 1n], seqs[i]),
  );
};
const readElements = (reader, names, count) => {
  const tags = readColumn(reader, count).map(Number);
  const many = (tag) => tags.filter((one) => one === tag).length;
  const lists = { 0: [] };
  lists[1] = readColumn(reader, many(1));
  lists[2] = readRecords(reader, names, many(2));
  lists[3] = readColumn(reader, many(3));
  lists[4] = readColumn(reader, many(4)).map(unzigzag);
  const actors = readColumn(reader, many(5)),
    seqs = readColumn(reader, many(5)),
    nths = readColumn(reader, many(5));
  lists[5] = actors.map((actor, i) => [names.actors[actor], seqs[i], nths[i]]);
  return tags.map((tag) => (tag === 0 ? WHOLE : [tag, lists[tag].shift()]));
};
const readValues = (reader, names, count) => {
  const tags = readColumn(reader, count).map(Number);
  const lists = {};
  for (let tag = 3; tag <= 14; tag++) {
    const many = tags.filter((one) => one === tag).length;
    if (many === 0) continue;
    if ([3, 4, 6, 7].includes(tag)) lists[tag] = readColumn(reader, many).map(unzigzag);
    else if (tag === 5) lists[tag] = readColumn(reader, many).map((length) => reader.take(length).toString('utf8'));
    else if (tag === 14) lists[tag] = readColumn(reader, many).map((length) => reader.take(length));
    else if (tag === 8) {
      const seconds = readColumn(reader, many),
        offsets = readColumn(reader, many);
      lists[tag] = seconds.map((second, i) => [unzigzag(second), unzigzag(offsets[i])]);
    } else if (tag === 9 || tag === 11) lists[tag] = readColumn(reader, many);
    else if (tag === 10) lists[tag] = readRecords(reader, names, many);
    else if (tag === 12) lists[tag] = Array.from({ length: many }, () => reader.take(32));
    else {
      const groups = readColumn(reader, many).map((length) => ({ length: Number(length), parts: [] }));
      for (;;) {
        const open = groups.filter((group) => group.parts.length < group.length);
        if (open.length === 0) break;
        readValues(reader, names, open.length).forEach((part, i) => open[i].parts.push(part));
      }
      lists[tag] = groups.map((group) => group.parts);
    }
  }
  return tags.map((tag) => (tag < 3 ? [tag] : [tag, lists[tag].shift()]));
};
const readBundle = (packed) => {
  const reader = new Reader(inflateRawSync(packed));
  const list = (read) => Array.from({ length: Number(reader.varint()) }, read);
  const names = {
    actors: list(() => number(reader.take(8))),
    uuids: list(() => reader.take(16)),
    areas: list(() => reader.varint()),
  };
  const count = Number(reader.varint());
  const heads = Array.from({ length: 10 }, () => readColumn(reader, count));
  const named = readRecords(reader, names, heads[9].filter((how) => how === 2n).length);
  let seq = 0n,
    second = 0n,
    before;
  const changes = heads[0].map((kind, i) => {
    seq += unzigzag(heads[2][i]);
    second += unzigzag(heads[3][i]);
    const actor = names.actors[heads[1][i]];
    const record = [() => recordOfDot(actor, seq), () => before, () => named.shift()][heads[9][i]]();
    before = record;
    return {
      kind: Number(kind),
      actor,
      seq,
      second,
      counter: heads[4][i],
      time: second + unzigzag(heads[5][i]),
      author: names.uuids[heads[6][i]],
      area: names.areas[heads[7][i]],
      form: heads[8][i] >> 1n,
      record,
      edits: [],
    };
  });
  for (const kind of [...new Set(changes.map((one) => one.kind))].sort((a, b) => a - b)) {
    const own = changes.filter((one) => one.kind === kind);
    for (let fields = reader.varint(); fields > 0n; fields--) {
      const field = Number(reader.varint());
      const counts = readColumn(reader, own.length).map(Number);
      const total = counts.reduce((sum, one) => sum + one, 0);
      const elements = readElements(reader, names, total);
      const lengths = readColumn(reader, total).map(Number);
      const dots = lengths.reduce((sum, one) => sum + one, 0);
      const actors = readColumn(reader, dots),
        seqs = readColumn(reader, dots);
      const contexts = lengths.map((length) =>
        Array.from({ length }, () => [names.actors[actors.shift()], seqs.shift()]),
      );
      const values = readValues(reader, names, total);
      counts.forEach((many, i) => {
        for (let n = 0; n < many; n++) {
          own[i].edits.push({ field, element: elements.shift(), context: contexts.shift(), value: values.shift() });
        }
      });
    }
  }
  assert.equal(reader.rest().length, 0, 'bytes after the end');
  return changes;
};
export const readPage = (buffer) => {
  const reader = new Reader(buffer);
  assert.equal(reader.take(3).toString('latin1'), 'LP\u0001');
  const list = (read) => Array.from({ length: Number(reader.varint()) }, read);
  const page = { epoch: reader.take(16).toString('hex') };
  const flags = reader.byte();
  page.more = (flags & 1) !== 0;
  page.cursor = reader.bytes().toString('utf8');
  page.scope = flags & 2 ? list(() => reader.varint()) : undefined;
  page.standings = list(() => ({
    area: reader.varint(),
    version: reader.varint(),
    digest: reader.take(16).toString('hex'),
  }));
  page.departed = list(() => [reader.varint(), reader.take(16)]);
  page.homes = list(() => [reader.varint(), reader.varint(), reader.take(8), reader.varint()]);
  page.keys = list(() => [Number(reader.varint()), reader.take(32)]);
  const rest = reader.rest();
  const changes = rest.length ? readBundle(rest) : [];
  page.records = [];
  for (const change of changes) {
    const last = page.records.at(-1);
    if (last?.id.equals(change.record)) last.changes.push(change);
    else page.records.push({ id: change.record, changes: [change] });
  }
  return page;
};
