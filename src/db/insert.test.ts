// How rows go to PostgreSQL: bytes as they are, in statements of a size.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { insertQuery } from './insert.ts';

const TENANT = newId<'tenant'>();

test('bytes of all rows are one value, with where each begins and how long it is; a missing one has no length', () => {
  const row = (bytes: Buffer | null) => ({ sealed_key: bytes, name: 'Chat' }) as never;
  const [statement, ...more] = insertQuery(
    TENANT,
    'alert_channel',
    [Buffer.from('one'), null, Buffer.alloc(0), Buffer.from('two')].map(row),
  );
  assert.equal(
    statement?.text,
    'insert into alert_channel (tenant_id,sealed_key,name) select $1::uuid,substring($2::bytea from f2 for l2),v5 ' +
      'from unnest($3::integer[],$4::integer[],$5::text[]) as given (f2,l2,v5)',
  );
  assert.deepEqual(statement.parameters, [
    TENANT,
    Buffer.from('onetwo'),
    '{1,4,4,4}',
    '{3,NULL,0,3}',
    '{Chat,Chat,Chat,Chat}',
  ]);
  assert.equal(more.length, 0);
});

test('rows go in statements of 32 MB of bytes at most, one that has more by itself', () => {
  const rows = [20, 12, 1, 40, 2].map(
    (megabytes) => ({ content: Buffer.alloc(megabytes * 1_000_000) }) as never,
  );
  const sizes = insertQuery(TENANT, 'attachment_content', rows).map(
    ({ parameters }) => (parameters[1] as Buffer).length / 1_000_000,
  );
  assert.deepEqual(sizes, [32, 1, 40, 2]);
});
