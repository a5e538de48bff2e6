import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { toolsOf } from '../test/support/mail.ts';
import { newTenant } from '../test/support/tenant.ts';
import { makeHandlers } from './handlers.ts';
import { react } from './reactions.ts';

/** Events after which all that waits in a tenant is looked at together. */
const LOOKING = [
  'remittance.received',
  'bank_statement.imported',
  'bank.announced',
  'bank_line.taken_apart',
  'return.noticed',
  'bank_rule.added',
  'payment.identified',
] as const;

test('what looks at all that waits has a handler, and finds nothing in a tenant where nothing waits', async (t) => {
  const tenant = await newTenant();
  const handlers = makeHandlers({ ...toolsOf(tenant), dataDir: '' });
  const done = new Set<string>();
  for (const type of LOOKING) {
    const event = { type, subjectId: newId(), data: {} } as unknown as Event;
    for (const { queue, payload } of react(event)) {
      const handle = handlers[queue];
      assert.ok(handle, `${queue} has a handler`);
      await handle({ tenantId: tenant.tenantId, payload, jobId: newId() });
      done.add(queue);
    }
  }
  assert.ok(done.size >= 5, 'most of what is looked at together was tried');
  t.diagnostic([...done].join(', '));
});
