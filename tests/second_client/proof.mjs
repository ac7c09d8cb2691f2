// Digests, seals and receipts, as docs/PROTOCOL.md says them.

import { createCipheriv, createDecipheriv, createPublicKey, sign, verify } from 'node:crypto';
import { WHOLE, base64url, big, element, number, sha256, text, value, varint } from './bytes.mjs';

// --- Digest of records that come as their surviving changes

export const digestOf = ({ id, changes }) => {
  const registers = new Map();
  for (const change of changes) {
    for (const edit of change.edits) {
      const place = Buffer.concat([varint(edit.field), element(edit.element)]);
      const at = place.toString('hex');
      if (!registers.has(at)) registers.set(at, { field: edit.field, place, writes: [] });
      registers.get(at).writes.push([...edit.context, [change.actor, change.seq]]);
    }
  }
  // Enough for the fields used here, which have one register each.
  const ordered = [...registers.values()].sort((a, b) => a.field - b.field);
  const parts = ordered.flatMap(({ place, writes }) => [
    place,
    varint(writes.length),
    ...writes.flatMap((dots) => [
      varint(dots.length - 1),
      ...dots.flatMap(([actor, seq]) => [big(actor, 8), varint(seq)]),
    ]),
  ]);
  return number(sha256(id, ...parts).subarray(0, 16));
};

// --- Keys and signatures

export const nonce = (actor, seq, field, one) =>
  sha256(big(actor, 8), big(seq, 8), big(field, 2), element(one)).subarray(0, 12);
export const seal = (key, actor, seq, field, plain) => {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce(actor, seq, field, WHOLE), { authTagLength: 16 });
  return [14, Buffer.concat([cipher.update(value(plain)), cipher.final(), cipher.getAuthTag()])];
};
export const open = (key, actor, seq, field, sealed) => {
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce(actor, seq, field, WHOLE), { authTagLength: 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
};
export const ed25519 = (raw) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
export const signedToken = (privateKey, request) => {
  const said = [
    text('lumbung token 1'),
    Buffer.from(request.device.replaceAll('-', ''), 'hex'),
    Buffer.from(request.epoch, 'hex'),
    big(request.unsent, 8),
    big(request.device_time_s, 8),
    ...[request.challenge, request.app_version].flatMap((one) => [big(text(one).length, 4), text(one)]),
    big(request.heads.length, 4),
    ...request.heads.flatMap((one) => [Buffer.from(one.actor, 'hex'), big(one.seq, 8), Buffer.from(one.chain, 'hex')]),
  ];
  return { ...request, signature: base64url(sign(null, Buffer.concat(said), privateKey)) };
};
// The reasons that this client meets, by their numbers.
const REASONS = [, 'unknown_kind', 'unknown_field'];
export const isReceiptOf = (serverKey, receipt) => {
  const held = (receipt.held ?? []).flatMap((one) => {
    const name = text(one.element ?? '');
    return [
      big(one.seq, 8),
      big(one.field ?? 0xffff, 2),
      big(name.length, 2),
      name,
      Buffer.from([REASONS.indexOf(one.reason)]),
    ];
  });
  const said = Buffer.concat([
    text('lumbung receipt 1'),
    Buffer.from(receipt.epoch, 'hex'),
    Buffer.from(receipt.actor, 'hex'),
    big(receipt.seq, 8),
    Buffer.from(receipt.chain, 'hex'),
    big(receipt.at_s, 8),
    big(receipt.backed_up_seq, 8),
    big((receipt.held ?? []).length, 4),
    ...held,
  ]);
  return verify(null, said, ed25519(serverKey), Buffer.from(receipt.signature, 'base64url'));
};
