// What the API offers on late payment: what is asked by which terms, what would be charged, charging, waiving, and the sheet
// that shows how each cent was reckoned. By theme, in files of their own.

export { CHARGE_CHANNELS } from './charge-mail.ts';
export * from './contract-charges.ts';
export * from './contract-invoice.ts';
export * from './contract-terms.ts';
