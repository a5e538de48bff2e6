// What reporting answers. Everything is read; every figure that can be asked as of a day can be asked as known at a moment
// too. By theme, in files of their own.

export * from './contract-aging.ts';
export * from './contract-customers.ts';
export * from './contract-dashboard.ts';
export * from './contract-dso.ts';
export * from './contract-duties.ts';
export * from './contract-proof.ts';
export * from './contract-timeline.ts';
