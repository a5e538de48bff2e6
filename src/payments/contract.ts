// The operations of payments: money in and out, applying it and taking back, returns, bank accounts.
// By theme, in files of their own.

export * from './contract-bank.ts';
export * from './contract-differences.ts';
export * from './contract-handovers.ts';
export * from './contract-payments.ts';
export * from './contract-shapes.ts';
