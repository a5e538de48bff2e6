// The operations on messages: what was said to customers, to whom, when, word for word, and what became of it. By theme, in files of their own.

export * from './contract-letters.ts';
export * from './contract-messages.ts';
export * from './contract-problems.ts';
export * from './contract-services.ts';
export * from './contract-setting.ts';
