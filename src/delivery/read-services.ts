// What takes messages over here, for those who look after it: what is set up, how it went last, and whether it answers now.

import type { Tx } from '#db/transaction.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { SERVICES } from './contract.ts';
import type { TransportKind } from './message.ts';
import { openCarriers } from './open-carriers.ts';
import type { Carriers, TriedOut } from './send-message.ts';
import { findLastTries } from './store-carriers.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Service = (typeof SERVICES)[number];

const TRANSPORT: Readonly<Record<Service, TransportKind>> = {
  mail: 'smtp',
  letter: 'letter_service',
  sms: 'sms_service',
  network: 'network_folder',
};

const CHANNEL: Readonly<Record<Exclude<Service, 'mail'>, keyof Carriers>> = {
  letter: 'post',
  sms: 'sms',
  network: 'network',
};

/** A service as it is set up, and how handing over to it went last. */
export type ServiceShown = {
  readonly service: Service;
  readonly isSetUp: boolean;
  readonly about: string | null;
  readonly takenAt: string | null;
  readonly trouble: { readonly at: string; readonly answer: string } | null;
};

/** All services, in the order people think of them. Refuses: `carrier_not_complete`. */
export async function readServices(tx: Tx, env: Environment): Promise<ServiceShown[]> {
  const carriers = openCarriers(env);
  const tries = await findLastTries(tx);
  return (Object.keys(TRANSPORT) as Service[]).map((service) => {
    const own = tries.filter((each) => each.transport === TRANSPORT[service]);
    const taken = own.find((each) => each.outcome === 'sent');
    const trouble = own.find((each) => each.outcome !== 'sent');
    const about = service === 'mail' ? mailHost(env) : (carriers[CHANNEL[service]]?.about ?? null);
    return {
      service,
      isSetUp: about !== null,
      about,
      takenAt: taken?.ended_at.toString() ?? null,
      trouble: trouble ? { at: trouble.ended_at.toString(), answer: trouble.answer ?? '' } : null,
    };
  });
}

/** The host of the mail server, without name and password. */
function mailHost({ SMTP_URL: url }: Environment): string | null {
  if (!url) return null;
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
}

/** Asks a service whether it answers and knows us. Refuses: `service_not_set_up`, `carrier_not_complete`. */
export async function readTrial(env: Environment, service: Exclude<Service, 'mail'>): Promise<TriedOut> {
  const tryOut = openCarriers(env)[CHANNEL[service]]?.tryOut;
  if (!tryOut) throw new Refusal('service_not_set_up', { service });
  return tryOut();
}
