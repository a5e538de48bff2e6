// What becomes of the cadence that was there before there were policies: a set with its ids, and nothing is said twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMigration } from '../../test/support/migrations.ts';
import { readPolicyFile } from './policy-file.ts';

const ID = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [TENANT, OLD, NOW, COMPANY, CUSTOMER, ITEM, MESSAGE, RUN] = [1, 2, 3, 4, 5, 6, 7, 8].map(ID);

/** A tenant with two cadences, the later in force, and a step said by the earlier one. */
const BEFORE = `
  insert into tenant (id, slug, name, time_zone) values ('${TENANT}', 'old', 'Old', 'UTC');
  insert into company (tenant_id, id, code, name, functional_currency, country)
    values ('${TENANT}', '${COMPANY}', 'C', 'Company', 'EUR', 'DE');
  insert into customer (tenant_id, id, number, name) values ('${TENANT}', '${CUSTOMER}', 'K1', 'Customer');
  insert into cadence (tenant_id, id, name, created_at, replaced_at, runs_daily, runs_at) values
    ('${TENANT}', '${OLD}', 'First', '2026-01-01', '2026-02-01', true, '07:00'),
    ('${TENANT}', '${NOW}', 'Second', '2026-02-01', null, false, '09:30');
  insert into cadence_step (tenant_id, cadence_id, step, offset_days, phase, template) values
    ('${TENANT}', '${OLD}', 1, 7, 'reminder', 'first_reminder'), ('${TENANT}', '${NOW}', 1, -3, 'upcoming', 'upcoming'),
    ('${TENANT}', '${NOW}', 2, 9, 'demand', 'second_reminder');
  insert into message (tenant_id, id, company_id, customer_id, purpose, channel, state, recipient, language, message_header,
    run_on, created_at) values ('${TENANT}', '${MESSAGE}', '${COMPANY}', '${CUSTOMER}', 'reminder', 'email', 'sent', 'a@b.example',
    'en', 'x', '2026-01-10', '2026-01-10');
  insert into reminder_run (tenant_id, id, company_id, run_on, started_by, started_at)
    values ('${TENANT}', '${RUN}', '${COMPANY}', '2026-01-10', 'system', '2026-01-10');
  alter table reminder_item drop constraint reminder_item_tenant_id_item_id_fkey;
  insert into reminder_item (tenant_id, item_id, cadence_id, step, message_id, customer_id, run_on, recorded_at, run_id, offset_days,
    phase) values ('${TENANT}', '${ITEM}', '${OLD}', 1, '${MESSAGE}', '${CUSTOMER}', '2026-01-10', '2026-01-10', '${RUN}', 7, 'reminder');`;

test('the cadences that were there become sets with their ids, and what was said by them is not said again', async () => {
  await withMigration('0190_policies.sql', async (client, migrate) => {
    await client.query(`select set_config('app.tenant_id', '${TENANT}', false)`);
    await client.query(BEFORE);
    await migrate();

    const sets = await client.query('select id, number, stage, file from policy_set order by number');
    assert.deepEqual(
      sets.rows.map((row) => [row.id, row.number, row.stage]),
      [
        [OLD, 1, 'retired'],
        [NOW, 2, 'live'],
      ],
    );
    const file = readPolicyFile(sets.rows[1]?.file);
    assert.deepEqual([file.name, file.runsDaily, file.runsAt], ['Second', false, '09:30']);
    assert.deepEqual(
      file.policies.map(({ code, segment, steps }) => [code, segment, steps.map((s) => s.offsetDays)]),
      [['everybody', 'everybody', [-3, 9]]],
    );
    const policies = await client.query('select id, set_id, place, code, name from policy order by set_id');
    assert.deepEqual(policies.rows, [
      { id: OLD, set_id: OLD, place: 1, code: 'everybody', name: 'First' },
      { id: NOW, set_id: NOW, place: 1, code: 'everybody', name: 'Second' },
    ]);
    const said = `insert into reminder_item (tenant_id, item_id, policy_id, step, message_id, customer_id, run_on, recorded_at, run_id,
      offset_days, phase) values ('${TENANT}', '${ITEM}', '${NOW}', 2, '${MESSAGE}', '${CUSTOMER}', now(), now(), '${RUN}', $1, 'demand')`;
    await assert.rejects(client.query(said, [7]), { constraint: 'reminder_item_pkey' });
    await client.query(said, [9]);
  });
});
