// `npm start`. What Node compiled of the program when it ran before has to be known before any of it is loaded, which is why
// the program itself is another file.

import './require-node.ts';
import { dataDirOf, keepCompiled } from '#compiled.ts';

keepCompiled(dataDirOf(process.env));
await import('./product.ts');
