// What the API offers on the daily tie-out of bank and books. By theme, in files of their own.

export * from './contract-days.ts';
export * from './contract-lines.ts';
export * from './contract-report.ts';
