// Imported first by every program in this folder, so that a wrong Node says so before anything else can go wrong.
// npm puts the Node that `npm ci` brought in front of all others, which is why the programs are started through npm.

const WANTED = 26;
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < WANTED) {
  console.error(
    `Quittance needs Node ${WANTED} and this is ${process.versions.node}.\n` +
      'Start it through npm (npm start, npm test, npm run dev), which uses the Node that npm ci installed.\n' +
      `If that is how you came here, npm ci was told to leave out optional packages: run npm ci again, or install Node ${WANTED}.`,
  );
  process.exit(1);
}
