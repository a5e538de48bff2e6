// The demo company of the first start: a living business to look at and to try things on. It is made by the same commands
// that people use, once; a tenant called `demo` that exists already is left alone.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Terms } from '#charges/policy.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { startReminderRun } from '#collections/remind-customers.ts';
import { carryOut, type Door } from '#command/command.ts';
import { openPool } from '#db/pool.ts';
import { addMember } from '#identity/add-member.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { createUser } from '#identity/create-user.ts';
import { listTenants } from '#identity/list-tenants.ts';
import { makePassword } from '#identity/make-secret.ts';
import { permissionsOf, type Role } from '#identity/permission.ts';
import { openJobs } from '#jobs/queue.ts';
import { present } from '#kernel/assert.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { openCompany } from '#ledger/open-company.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { react } from '../src/reactions.ts';
import { callSome } from './calls.ts';
import { askForDecisions } from './decisions.ts';
import { holdSome } from './holds.ts';
import { writeLetters } from './letters.ts';
import { writeMails } from './mails.ts';
import { postInPortals } from './portals.ts';
import { promiseToPay } from './promises.ts';
import { refundSome } from './refunds.ts';
import { stateAccounts } from './statements.ts';
import { teller, tellStory } from './story.ts';
import { makeTasks } from './tasks.ts';

/** How to sign in to the demo: known to whoever can read the data folder, and printed at the start. */
export type SignIn = { readonly email: string; readonly password: string; readonly role: Role };

export type Demo = { readonly created: boolean; readonly signIn: readonly SignIn[] };

export type DemoOptions = {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly log: FastifyBaseLogger;
  readonly say?: (line: string) => void;
};

const SLUG = 'demo';
const TIME_ZONE = 'Europe/Berlin';
const SEED = 20_261;
const PEOPLE: readonly { readonly email: string; readonly name: string; readonly role: Role }[] = [
  { email: 'owner@demo.example', name: 'Olivia Owner', role: 'owner' },
  { email: 'controller@demo.example', name: 'Conrad Controller', role: 'controller' },
  { email: 'cash@demo.example', name: 'Casimir Cash', role: 'cash_applier' },
  { email: 'collector@demo.example', name: 'Clara Collector', role: 'collector' },
];

/** Makes the demo company on the first start; later only tells how to sign in, as long as the passwords are as they were made. */
export async function ensureDemo(options: DemoOptions): Promise<Demo> {
  const pool = openPool(options.databaseUrl, {
    name: 'quittance demo',
    onTrouble: (err) => options.log.warn({ err }, 'a connection broke'),
  });
  try {
    const tenants = await listTenants(pool);
    const file = join(options.dataDir, 'demo-sign-in.json');
    if (tenants.length > 0)
      return { created: false, signIn: tenants.some((t) => t.slug === SLUG) ? await readSignIn(file) : [] };
    options.say?.('Making a demo company with thirteen months of business …');
    const jobs = await openJobs(options.databaseUrl, { log: options.log });
    try {
      const keep = (signIn: readonly SignIn[]): Promise<void> =>
        writeFile(file, `${JSON.stringify(signIn, null, 2)}\n`, { mode: 0o600 });
      return { created: true, signIn: await makeDemo({ pool, enqueue: jobs.enqueue, react }, keep) };
    } finally {
      await jobs.close();
    }
  } finally {
    await pool.end();
  }
}

async function readSignIn(file: string): Promise<readonly SignIn[]> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  return JSON.parse(text) as readonly SignIn[];
}

async function makeDemo(
  door: Door,
  keep: (signIn: readonly SignIn[]) => Promise<void>,
): Promise<readonly SignIn[]> {
  const now = Temporal.Now.instant();
  const today = dayIn(TIME_ZONE, now);
  const signIn: SignIn[] = [];
  const [owner, ...others] = await Promise.all(
    PEOPLE.map(async (person) => ({ ...person, ...(await makePerson(door, person)) })),
  );
  if (!owner) return [];
  signIn.push({ email: owner.email, password: owner.password, role: owner.role });
  const tenantId = await createTenant(
    door,
    { slug: SLUG, name: 'Nordwind Instruments (demo)', timeZone: TIME_ZONE, ownerId: owner.userId },
    now,
  );
  const context = {
    tenantId,
    actor: { kind: 'system', id: 'demo', name: 'Demo' } as const,
    role: 'owner',
    permissions: permissionsOf('owner'),
  };
  for (const person of others) {
    await carryOut(door, { ...context, now, today }, addMember(await makePassword()), {
      email: person.email,
      name: person.name,
      role: person.role,
    });
    signIn.push({ email: person.email, password: person.password, role: person.role });
  }
  // Kept before the story is told, so that one can sign in even if the telling is cut short.
  await keep(signIn);
  const tell = teller(door, context, TIME_ZONE);
  const tellerOf = (person: { readonly userId: string; readonly name: string; readonly role: Role }) =>
    teller(
      door,
      { ...context, actor: { kind: 'user', id: person.userId, name: person.name }, role: person.role },
      TIME_ZONE,
    );
  const start = today.subtract({ months: 13 }).with({ day: 1 });
  const { companyId } = await tell(start, 7, openCompany, {
    code: 'NWI',
    name: 'Nordwind Instruments GmbH',
    functionalCurrency: 'EUR',
    country: 'DE',
    timeZone: TIME_ZONE,
    street: 'Speicherstraße 12',
    postalCode: '20457',
    city: 'Hamburg',
    taxId: 'DE123456788',
    bankName: 'Beispielbank',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    email: 'accounts@nordwind.example',
    phone: '+49 40 66969 100',
  });
  await tell(start, 8, replacePolicy, {
    companyId: companyId as CompanyId,
    validFrom: start,
    terms: lateTerms(),
  });
  const setting = { door, context, companyId: companyId as CompanyId, today, tell };
  await tellStory(setting, SEED);
  // The collector calls, and the controller where somebody has to.
  const callers = others.filter(({ role }) => role === 'collector' || role === 'controller').toReversed();
  await callSome(door, { tenantId, today, tellers: callers.map(tellerOf) });
  await promiseToPay(door, { tell, tenantId, today });
  await postInPortals(door, { tell, tenantId, today });
  const collector = others.find((person) => person.role === 'collector');
  if (collector) await holdSome(door, { tell, tenantId, today, ownerId: collector.userId });
  if (collector) await askForDecisions(door, { tell, tenantId, today }, collector);
  const [controller, cash] = (['controller', 'cash_applier'] as const).map((role) =>
    others.find((person) => person.role === role),
  );
  if (controller && cash)
    await refundSome(
      door,
      { tell, tenantId, companyId: companyId as CompanyId, today },
      { owner, controller, cash },
    );
  await writeMails(door, { tenantId, today, now });
  await writeLetters(setting, TIME_ZONE);
  await stateAccounts(setting, { timeZone: TIME_ZONE, sends: !process.env.SMTP_URL });
  await closePdf();
  await makeTasks(door, { tell, tenantId, today, colleagues: others });
  // The demo's addresses reach nobody; with a mail server set up, nothing is sent to them unasked all the same.
  if (!process.env.SMTP_URL) await tell(today, 7, startReminderRun, {});
  return signIn;
}

/** What the demo company asks for late payment: a clause of its contracts, with the fixed sum of the law. */
function lateTerms(): Terms {
  const german = present(
    READY_MADE.find((ready) => ready.code === 'de'),
    'there are German terms to start from',
  );
  return {
    ...german.terms,
    name: 'Late payment, general terms',
    basis: 'contract',
    legalSource: 'General terms of business, clause 7',
    rate: { mode: 'fixed', percent: '9' },
  };
}

async function makePerson(door: Door, person: { readonly email: string; readonly name: string }) {
  const password = `demo-${crypto.randomUUID().slice(0, 13)}`;
  const { userId } = await createUser(door.pool, { email: person.email, name: person.name, password });
  return { userId, password };
}
