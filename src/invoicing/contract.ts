// What the API offers on invoices and credit notes: issuing, crediting, voiding, reading and printing them. By theme, in files of their own.

export * from './contract-crediting.ts';
export * from './contract-issuing.ts';
export * from './contract-reading.ts';
export * from './contract-sending.ts';
export * from './contract-shapes.ts';
