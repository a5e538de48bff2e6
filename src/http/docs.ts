// The API to be read: as a document for programs and as a page for people, both served from here, with nothing fetched
// from elsewhere.

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { OpenApiDocument } from './openapi.ts';

const DOCUMENT_PATH = '/api/v1/openapi.json';
const PAGE_PATH = '/api/docs';

/** Serves the document at `/api/v1/openapi.json` and the page at `/api/docs`. Open to all: it holds no data. */
export async function serveDocs(app: FastifyInstance, document: OpenApiDocument): Promise<void> {
  const text = JSON.stringify(document);
  app.get(DOCUMENT_PATH, (_request, reply) => reply.type('application/json').send(text));
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, {
    routePrefix: PAGE_PATH,
    theme: { title: 'Quittance API' },
    uiConfig: { docExpansion: 'none', filter: true, tryItOutEnabled: false, displayOperationId: true },
  });
}
