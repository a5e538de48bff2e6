// Identifiers: random, ordered by time (UUID version 7), made in the program so that any PostgreSQL will do.
// Each kind has its own type, so that a customer id cannot be passed where an invoice id is wanted.

declare const kind: unique symbol;

/** An identifier of one kind of thing. At run time a lower-case UUID text. */
export type Id<K extends string> = string & { readonly [kind]: K };

export type TenantId = Id<'tenant'>;
export type UserId = Id<'user'>;
export type CompanyId = Id<'company'>;
export type CustomerId = Id<'customer'>;
export type ContactId = Id<'contact'>;
export type InvoiceId = Id<'invoice'>;
export type ItemId = Id<'open_item'>;
export type ApplicationId = Id<'application'>;
export type EntryId = Id<'journal_entry'>;
export type PaymentId = Id<'payment'>;
export type StatementId = Id<'bank_statement'>;
export type StatementLineId = Id<'statement_line'>;
export type MessageId = Id<'message'>;
export type CommandId = Id<'command'>;
export type BatchId = Id<'import_batch'>;

/**
 * Makes a new identifier, ordered by the time of its making (RFC 9562, version 7). The time in it serves the order of
 * index pages only and is never read as a business fact. Works in a browser too, where command ids are made.
 */
export function newId<K extends string>(): Id<K> {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}` as Id<K>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is an identifier in the one form we write: lower-case, with hyphens. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
