// A batch, written as docs/PROTOCOL.md says.

import { deflateRawSync } from 'node:zlib';
import { WHOLE, big, chainAfter, dotOfRecord, element, recordOfDot, sha256, text, varint, zigzag } from './bytes.mjs';

// --- Bundle, written: always in form 1 (varints), which every reader takes

const column = (numbers) =>
  numbers.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([1]), ...numbers.map(varint)]);

class Names {
  actors = [];
  uuids = [];
  areas = [];
  place(list, name, same) {
    const at = list.findIndex(same);
    return at >= 0 ? at : list.push(name) - 1;
  }
  actor(actor) {
    return this.place(this.actors, actor, (known) => known === actor);
  }
  uuid(id) {
    return this.place(this.uuids, id, (known) => known.equals(id));
  }
  area(area) {
    return this.place(this.areas, area, (known) => known === area);
  }
  records(ids) {
    const pairs = ids.map((id) => {
      const dot = dotOfRecord(id);
      return dot ? [this.actor(dot[0]) + 1, dot[1]] : [0, this.uuid(id)];
    });
    return Buffer.concat([column(pairs.map(([maker]) => maker)), column(pairs.map(([, seq]) => seq))]);
  }
  put() {
    return Buffer.concat([
      varint(this.actors.length),
      ...this.actors.map((actor) => big(actor, 8)),
      varint(this.uuids.length),
      ...this.uuids,
      varint(this.areas.length),
      ...this.areas.map(varint),
    ]);
  }
}

const putElements = (names, elements) => {
  const of = (tag) => elements.filter((one) => one[0] === tag).map((one) => one[1]);
  return Buffer.concat([
    column(elements.map(([tag]) => tag)),
    column(of(1)),
    names.records(of(2)),
    column(of(3)),
    column(of(4).map(zigzag)),
    column(of(5).map(([actor]) => names.actor(actor))),
    column(of(5).map(([, seq]) => seq)),
    column(of(5).map(([, , nth]) => nth)),
  ]);
};
const putValues = (names, values) => {
  const out = [column(values.map(([tag]) => tag))];
  for (let tag = 3; tag <= 14; tag++) {
    const of = values.filter((one) => one[0] === tag).map((one) => one[1]);
    if (of.length === 0) continue;
    if ([3, 4, 6, 7].includes(tag)) out.push(column(of.map(zigzag)));
    else if (tag === 5) out.push(column(of.map((one) => text(one).length)), ...of.map(text));
    else if (tag === 14) out.push(column(of.map((one) => one.length)), ...of);
    else if (tag === 9 || tag === 11) out.push(column(of));
    else if (tag === 10) out.push(names.records(of));
    else if (tag === 12) out.push(...of);
    else {
      out.push(column(of.map((parts) => parts.length)));
      for (let i = 0; of.some((parts) => parts.length > i); i++) {
        out.push(
          putValues(
            names,
            of.filter((parts) => parts.length > i).map((parts) => parts[i]),
          ),
        );
      }
    }
  }
  return Buffer.concat(out);
};
const putBundle = (changes) => {
  const names = new Names();
  const of = (number) => column(changes.map(number));
  const steps = (number) =>
    column(changes.map((change, i) => zigzag(BigInt(number(change)) - BigInt(i ? number(changes[i - 1]) : 0))));
  const named = (change) => (change.record.equals(recordOfDot(change.actor, change.seq)) ? 0 : 2);
  const out = [
    varint(changes.length),
    of((one) => one.kind),
    of((one) => names.actor(one.actor)),
    steps((one) => one.seq),
    steps((one) => one.second),
    of((one) => one.counter),
    of((one) => zigzag(BigInt(one.time) - BigInt(one.second))),
    of((one) => names.uuid(one.author)),
    of((one) => names.area(one.area)),
    of((one) => 2 * one.form),
    of(named),
    names.records(changes.filter((one) => named(one) === 2).map((one) => one.record)),
  ];
  for (const kind of [...new Set(changes.map((one) => one.kind))].sort((a, b) => a - b)) {
    const own = changes.filter((one) => one.kind === kind);
    const fields = [...new Set(own.flatMap((one) => one.edits.map((edit) => edit.field)))].sort((a, b) => a - b);
    out.push(varint(fields.length));
    for (const field of fields) {
      const edits = own.flatMap((one) => one.edits.filter((edit) => edit.field === field));
      const dots = edits.flatMap((edit) => edit.context);
      out.push(
        varint(field),
        column(own.map((one) => one.edits.filter((edit) => edit.field === field).length)),
        putElements(
          names,
          edits.map((edit) => edit.element),
        ),
        column(edits.map((edit) => edit.context.length)),
        column(dots.map(([actor]) => names.actor(actor))),
        column(dots.map(([, seq]) => seq)),
        putValues(
          names,
          edits.map((edit) => edit.value),
        ),
      );
    }
  }
  return deflateRawSync(Buffer.concat([names.put(), ...out]));
};
export const putBatch = (actor, beforeSeq, beforeChain, changes) => {
  const body = Buffer.concat([
    text('LB'),
    Buffer.from([1]),
    big(actor, 8),
    varint(beforeSeq),
    beforeChain,
    chainAfter(beforeChain, changes),
    putBundle(changes),
  ]);
  return Buffer.concat([body, sha256(body).subarray(0, 8)]);
};
