// A contract says what an operation of the API takes, gives, needs and refuses. The same object checks requests, types
// the web client and writes OpenAPI. Pure: the browser loads it.

import { z } from 'zod';
import { isInBusinessYears, parseDate } from '#kernel/calendar.ts';
import { isId } from '#kernel/id.ts';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX } from '#kernel/limits.ts';
import { isCurrency, parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What a refusal code of an operation means: its HTTP status, and a sentence that says what is wrong and what to do. */
export type RefusalMeaning = readonly [
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429,
  message: string,
];

/** One operation of the API. `kind: 'command'` takes an Idempotency-Key and can be rehearsed. */
export type Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  readonly id: string;
  readonly kind: 'command' | 'query';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly permission: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly reply: R;
  /** Set where the answer is a file or the request carries one; then `reply` or `body` is not JSON. */
  readonly produces?: readonly string[];
  readonly consumesFile?: boolean;
  readonly refusals: Readonly<Record<string, RefusalMeaning>>;
};

const NOTHING = z.object({});

/** Declares an operation; what is left out is empty. */
export function operation<
  P extends z.ZodType = typeof NOTHING,
  Q extends z.ZodType = typeof NOTHING,
  B extends z.ZodType = typeof NOTHING,
  R extends z.ZodType = typeof NOTHING,
>(
  given: Omit<Operation<P, Q, B, R>, 'params' | 'query' | 'body' | 'reply' | 'refusals'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly reply?: R;
    readonly refusals?: Readonly<Record<string, RefusalMeaning>>;
  },
): Operation<P, Q, B, R> {
  const empty = NOTHING as unknown;
  return {
    ...given,
    params: given.params ?? (empty as P),
    query: given.query ?? (empty as Q),
    body: given.body ?? (empty as B),
    reply: given.reply ?? (empty as R),
    refusals: given.refusals ?? {},
  };
}

/** Refusals that every operation can give. */
export const COMMON_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  not_signed_in: [401, 'Sign in, or send an API key in the Authorization header.'],
  not_permitted: [403, 'Your role does not allow this. Ask an owner for the permission named.'],
  cross_site_request: [403, 'This request came from a page of another site, so it was not carried out.'],
  password_change_needed: [403, 'Your password was made by somebody else. Change it before you go on.'],
  tenant_unknown: [404, 'There is no such tenant, or you are not a member of it.'],
  not_found: [404, 'There is nothing with this id here.'],
  bad_input: [400, 'The request was not understood. Each error names the field and what is wrong with it.'],
  command_id_reused: [422, 'This Idempotency-Key was used for another request. Use a new one.'],
  period_locked: [
    409,
    'The accounting period of this date is locked. Use a date in an open period, or unlock it.',
  ],
  too_many_requests: [429, 'Too many requests. Wait as long as the Retry-After header says.'],
};

// — pieces of contracts —

/** Turns a Refusal of a kernel reader into a finding on the field. */
function reading<T>(read: (text: string) => T) {
  return (text: string, context: z.RefinementCtx): T => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.addIssue({ code: 'custom', message: error.code, params: error.facts });
      return z.NEVER;
    }
  };
}

/** A value as JSON text, for the address of a request that carries a file; it is read by what the value has to be. */
export function jsonIn<T extends z.ZodType>(value: T, charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'json_not_readable' });
        return z.NEVER;
      }
    })
    .pipe(value);
}

/** An identifier. */
export const idText = z.string().refine(isId, 'id_not_valid').meta({ format: 'uuid' });

/** A day, written `2026-02-28`; the server reads it into a PlainDate. */
export const day = z
  .string()
  .meta({ format: 'date', examples: ['2026-02-28'] })
  .transform(reading(parseDate));

/** A day in a reply. */
export const dayText = z.string().meta({ format: 'date' });

/** A moment in a reply, UTC. */
export const momentText = z.string().meta({ format: 'date-time' });

/** A moment in a request, e.g. `2026-11-24T02:00:00Z`. */
export const moment = z
  .string()
  .meta({ format: 'date-time' })
  .transform(
    reading((text) => {
      try {
        const moment = Temporal.Instant.from(text);
        if (isInBusinessYears(moment.toZonedDateTimeISO('UTC'))) return moment;
      } catch {
        // Told below, like a moment beyond the years of business.
      }
      throw new Refusal('moment_not_valid', { moment: text.slice(0, 40) });
    }),
  );

/** ISO 4217 code of a currency. */
export const currencyCode = z.string().refine(isCurrency, 'unknown_currency');

/** An amount in a request or reply: decimal text with its currency, never a float. */
export const moneyText = z
  .object({
    amount: z.string().meta({ examples: ['100.00'] }),
    currency: z.string().meta({ examples: ['EUR'] }),
  })
  .meta({ id: 'Money' });

/** An amount in a request, read into minor units; too many decimals are refused, not rounded. */
export const amountIn = z
  .object({ amount: z.string(), currency: z.string() })
  .transform((given, context) => reading((text) => parseMoney(text, given.currency))(given.amount, context));

/** One line of text of a bounded length, blanks at the ends taken off. */
export function textLine(max: number) {
  return (
    z
      .string()
      .trim()
      .min(1)
      .max(max)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
      .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'text_has_control_characters')
  );
}

/** The query of a list: how many rows, and after which one (the `next` of the page before). */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT),
  after: z.string().max(400).optional(),
});

/** A page of a list. `next` is handed back as `after`; null on the last page. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}

/** What the caller may do with a thing: `true`, or the code of the reason why not. */
export const may = z.union([z.literal(true), z.string()]);
