// `quittance tenant|user|company …`: what the first hour needs and no page can do, because nobody can sign in yet.

import type { Context } from '#command/command.ts';
import { carryOut } from '#command/command.ts';
import { addMember } from '#identity/add-member.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { resetPassword } from '#identity/create-user.ts';
import { makePassword } from '#identity/make-secret.ts';
import { ROLES } from '#identity/permission.ts';
import { Refusal } from '#kernel/refusal.ts';
import { openCompany } from '#ledger/open-company.ts';
import type { Options } from './options.ts';
import { say, table } from './print.ts';
import type { Session } from './session.ts';

/** Lists tenants, or adds one: `tenant add acme --name "Acme Ltd" --time-zone Europe/Prague`. */
export async function tenant(session: Session, options: Options): Promise<number> {
  if (options.words[1] !== 'add') {
    table(
      ['Tenant', 'Name', 'Time zone'],
      session.tenants.map((t) => [t.slug, t.name, t.timeZone]),
    );
    return 0;
  }
  const slug = options.word(2, 'the short name of the tenant');
  await createTenant(
    session.door,
    { slug, name: options.text('name') ?? slug, timeZone: options.text('time-zone') ?? 'UTC' },
    Temporal.Now.instant(),
  );
  say(
    `Tenant ${slug} is there. Add its owner: quittance user add --tenant ${slug} --email … --name … --role owner`,
  );
  return 0;
}

/** Adds a member, or gives somebody a new temporary password: `user add --email … --name … --role …`, `user reset --email …`. */
export async function user(session: Session, contextOf: () => Context, options: Options): Promise<number> {
  const email = options.text('email');
  if (email === undefined) throw new Refusal('word_missing', { what: '--email' });
  if (options.words[1] === 'reset') {
    const { password } = await resetPassword(session.door.pool, email);
    say(`A temporary password for ${email}: ${password}`);
    return 0;
  }
  const role = options.oneOf('role', ROLES) ?? 'viewer';
  const password = await makePassword();
  const done = await carryOut(session.door, contextOf(), addMember(password), {
    email,
    name: options.text('name') ?? email,
    role,
  });
  say(
    done.passwordMark === null
      ? `${email} is a member now, as ${role}, with the password they have.`
      : `${email} is a member now, as ${role}. Temporary password: ${password.text}`,
  );
  return 0;
}

/** Opens a company: `company add MAIN --name "Acme Ltd" --currency EUR --country DE`. */
export async function company(session: Session, context: Context, options: Options): Promise<number> {
  const code = options.word(2, 'the code of the company');
  const done = await carryOut(session.door, context, openCompany, {
    code,
    name: options.text('name') ?? code,
    functionalCurrency: options.text('currency') ?? 'EUR',
    country: options.text('country') ?? 'DE',
    timeZone: options.text('time-zone') ?? 'UTC',
    iban: options.text('iban') ?? null,
  });
  say(`Company ${code} is open (${done.companyId}).`);
  return 0;
}
