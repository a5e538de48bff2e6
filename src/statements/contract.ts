// What the API offers on statements of account. By theme, in files of their own.

export * from './contract-preference.ts';
export * from './contract-reading.ts';
export * from './contract-schedules.ts';
export { COMPANY_NOT_FOUND, CUSTOMER_NOT_FOUND } from './contract-shapes.ts';
export * from './contract-words.ts';
