// What the API offers before an invoice is issued: drafts, many issued at once, and recurring invoices. By theme, in files
// of their own.

export * from './contract-drafts.ts';
export * from './contract-recurring.ts';
export * from './contract-runs.ts';
