// A tenant of one's own for a test: two milliseconds, nothing shared with other tests, a clock that stands where it is
// put, and jobs that land in a list instead of a queue.

import { type CarryOutOptions, type Command, type Context, carryOut, type Door } from '#command/command.ts';
import { openPool, type Pool } from '#db/pool.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { permissionsOf, type Role } from '#identity/permission.ts';
import type { Job } from '#jobs/job.ts';
import { dayIn, type Instant, parseDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { newId, type TenantId, type UserId } from '#kernel/id.ts';
import { react } from '../../src/reactions.ts';
import { atEnd } from './at-end.ts';
import { testDatabaseUrl } from './database.ts';

let opened: Promise<Pool> | undefined;

atEnd(async () => {
  await (await opened)?.end();
});

/** The connections of this test file to the test database; closed after its tests. */
export function testPool(): Promise<Pool> {
  opened ??= testDatabaseUrl().then((url) => openPool(url, { name: 'quittance test' }));
  return opened;
}

/** Something that happened, as it was recorded. */
export type SeenEvent = {
  readonly type: string;
  readonly subjectId: string;
  readonly customerId: string | null;
  readonly actor: string;
  readonly data: Json;
};

export type TestTenant = {
  readonly tenantId: TenantId;
  readonly slug: string;
  readonly pool: Pool;
  readonly door: Door;
  /** Jobs that commands left, rehearsed and failed ones too, the earliest first. Empty it between steps with `jobs.length = 0`. */
  readonly jobs: Job[];
  /** Who asks in that role, now. */
  as(role: Role): Context;
  /** Carries out a command in a role. */
  act<Input, Result extends Json>(
    role: Role,
    command: Command<Input, Result>,
    input: Input,
    options?: CarryOutOptions,
  ): Promise<Result>;
  /** Puts the clock to noon of a day in the tenant's time zone, written `2026-03-01`. */
  on(day: string): void;
  /** The clock: each look at it is a millisecond later, so that things have an order. */
  clock(): Instant;
  /** What happened in this tenant so far, the earliest first. */
  events(): Promise<readonly SeenEvent[]>;
};

export type TestTenantOptions = {
  /** The day on which the test starts. */
  readonly on?: string;
  readonly timeZone?: string;
  readonly enqueue?: Door['enqueue'];
  readonly react?: Door['react'];
  /** Connections to another database than the one tests share. */
  readonly pool?: Pool;
};

/** Makes a tenant directly, without members: contexts are made up, not looked up. */
export async function newTenant(options: TestTenantOptions = {}): Promise<TestTenant> {
  const pool = options.pool ?? (await testPool());
  const tenantId = newId<'tenant'>();
  const slug = `t-${tenantId}`;
  const timeZone = options.timeZone ?? 'UTC';
  await inTenant(pool, tenantId, async (tx) =>
    tx.write(q.insertInto('tenant').values({ id: tenantId, slug, name: 'Test tenant', time_zone: timeZone })),
  );
  const jobs: Job[] = [];
  const door: Door = {
    pool,
    enqueue: options.enqueue ?? (async (_tx, wanted) => void jobs.push(...wanted)),
    react: options.react ?? react,
  };
  let moment = noonOf(options.on ?? '2026-01-15', timeZone);
  const clock = () => {
    moment = moment.add({ milliseconds: 1 });
    return moment;
  };
  const users = new Map<Role, UserId>();
  const as = (role: Role): Context => {
    const id = users.get(role) ?? newId<'user'>();
    users.set(role, id);
    const now = clock();
    return {
      tenantId,
      actor: { kind: 'user', id, name: `The ${role}` },
      role,
      permissions: permissionsOf(role),
      now,
      clock,
      today: dayIn(timeZone, now),
    };
  };
  return {
    tenantId,
    slug,
    pool,
    door,
    jobs,
    as,
    act: (role, command, input, chosen) => carryOut(door, as(role), command, input, chosen),
    on: (day) => {
      // The same day again goes on from where it is: time does not run backwards between two commands of a day.
      if (dayIn(timeZone, moment).toString() !== day) moment = noonOf(day, timeZone);
    },
    clock,
    events: () => readEvents(pool, tenantId),
  };
}

function noonOf(day: string, timeZone: string): Instant {
  return parseDate(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant();
}

async function readEvents(pool: Pool, tenantId: TenantId): Promise<readonly SeenEvent[]> {
  const rows = await inTenant(pool, tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('event')
        .select(['type', 'subject_id', 'customer_id', 'actor', 'data'])
        .where('tenant_id', '=', tenantId)
        .orderBy('recorded_at')
        .orderBy('id'),
    ),
  );
  return rows.map((row) => ({
    type: row.type,
    subjectId: row.subject_id,
    customerId: row.customer_id,
    actor: row.actor,
    data: row.data as Json,
  }));
}
