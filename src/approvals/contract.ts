// What the API offers on approvals. By theme, in files of their own.

export * from './contract-asking.ts';
export * from './contract-people.ts';
export * from './contract-rules.ts';
