import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMailAddress } from './mail-message.ts';
import {
  messageIdentifier,
  newReturnToken,
  readIdentifierTag,
  readReturnAddress,
  returnAddress,
  tenantTag,
} from './make-return-address.ts';

const TENANT = '01890000-0000-7000-8000-000000000001';

test('a return address says whose it is and which message, also after a server wrote it in capitals', () => {
  const key = { tag: tenantTag(TENANT), token: newReturnToken() };
  const address = returnAddress('bounce@mail.nordlicht.example', key);
  assert.ok(isMailAddress(address), address);
  assert.deepEqual(readReturnAddress(address), key);
  assert.deepEqual(readReturnAddress(address.toUpperCase()), key);
});

test('tokens are never the same, and other addresses say nothing', () => {
  assert.equal(new Set(Array.from({ length: 1_000 }, newReturnToken)).size, 1_000);
  for (const other of ['anna@x.example', 'bounce+abc@x.example', 'bounce@x.example', '+@', ''])
    assert.equal(readReturnAddress(other), undefined);
});

test('a Message-ID of ours says whose it is', () => {
  const identifier = messageIdentifier('01890000-0000-7000-8000-000000000002', TENANT, 'nordlicht.example');
  assert.equal(readIdentifierTag(identifier), tenantTag(TENANT));
  assert.equal(readIdentifierTag('abc@nordlicht.example'), undefined);
});
