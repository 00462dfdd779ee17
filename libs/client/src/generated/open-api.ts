// Generated from the OpenAPI document of main: change its routes, and run `npm run docs`.

export interface paths {
  '/.well-known/webhook-keys.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The public key that webhooks are signed with
     * @description Needs no API key: for receivers that cannot keep a secret.
     */
    get: {
      parameters: {
        query?: {
          /** @description The account whose webhooks are checked. */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              keys: {
                /** @enum {string} */
                algorithm: 'ed25519';
                publicKey: string;
                /** @enum {string} */
                signature: 'v1a';
              }[];
            };
          };
        };
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process is alive */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @enum {string} */
              status: 'ok';
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether calls can be accepted, and the state of each dependency */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              dependencies: {
                [key: string]: {
                  detail?: string;
                  /** @enum {string} */
                  status: 'up' | 'down';
                };
              };
              /**
               * @description `degraded`: calls are accepted, and wait for what is away.
               * @enum {string}
               */
              status: 'ready' | 'degraded' | 'not_ready';
            };
          };
        };
        /** @description Default Response */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              dependencies: {
                [key: string]: {
                  detail?: string;
                  /** @enum {string} */
                  status: 'up' | 'down';
                };
              };
              /**
               * @description `degraded`: calls are accepted, and wait for what is away.
               * @enum {string}
               */
              status: 'ready' | 'degraded' | 'not_ready';
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/account/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The account's own subscriptions
     * @description They are told of every call and batch of the account. Of a Slack address only the beginning is shown.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
              email?:
                | string
                | {
                    /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                      | 'batch.accepted'
                      | 'batch.processing'
                      | 'batch.cancel_requested'
                      | 'batch.completed'
                      | 'batch.failed'
                      | 'batch.cancelled'
                    )[];
                    /** Format: email */
                    to: string;
                  };
              slack?: {
                /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                events?: (
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled'
                )[];
                /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                url: string;
              };
              /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
              webhook?: {
                /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                events?: (
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled'
                )[];
                /** @description Where each event is posted, by the Standard Webhooks. */
                url: string;
              };
            };
          };
        };
        401: components['responses']['Problem401'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    /**
     * Set the account's own subscriptions
     * @description All of them: what is left out ends. They are told of what happens from now on, beside what a call or a batch asks for itself.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
            email?:
              | string
              | {
                  /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                    | 'batch.accepted'
                    | 'batch.processing'
                    | 'batch.cancel_requested'
                    | 'batch.completed'
                    | 'batch.failed'
                    | 'batch.cancelled'
                  )[];
                  /** Format: email */
                  to: string;
                };
            slack?: {
              /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
              url: string;
            };
            /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
            webhook?: {
              /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description Where each event is posted, by the Standard Webhooks. */
              url: string;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
              email?:
                | string
                | {
                    /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                      | 'batch.accepted'
                      | 'batch.processing'
                      | 'batch.cancel_requested'
                      | 'batch.completed'
                      | 'batch.failed'
                      | 'batch.cancelled'
                    )[];
                    /** Format: email */
                    to: string;
                  };
              slack?: {
                /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                events?: (
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled'
                )[];
                /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                url: string;
              };
              /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
              webhook?: {
                /** @description The types of the events to be told of; the end of each call that belongs to no batch, and of each batch, where it is left out. */
                events?: (
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled'
                )[];
                /** @description Where each event is posted, by the Standard Webhooks. */
                url: string;
              };
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/account/webhook-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the webhooks are signed with
     * @description Whether there is a secret, since when, and until when an earlier one counts too; never the secret.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              createdAt?: string;
              /** @description Without one, webhooks are signed with the Ed25519 key only. */
              exists: boolean;
              /**
               * Format: date-time
               * @description Until when an earlier secret signs too.
               */
              previousUntil?: string;
              /** @description The account's Ed25519 key, `whpk_…`: for receivers that cannot keep a secret. */
              publicKey: string;
              /**
               * Format: uri
               * @description Where the key is published.
               */
              publicKeysUrl: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    /**
     * Make the secret that webhooks are signed with, or a new one
     * @description Shows the secret this once. The one before it signs too until `previousUntil`, so that a receiver can change without losing a webhook.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /**
             * @description For how long the secrets before it still sign too; a day where it is left out. With 0 all of them end.
             * @default 86400
             */
            overlapSeconds?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              createdAt?: string;
              /** @description Without one, webhooks are signed with the Ed25519 key only. */
              exists: boolean;
              /**
               * Format: date-time
               * @description Until when an earlier secret signs too.
               */
              previousUntil?: string;
              /** @description The account's Ed25519 key, `whpk_…`: for receivers that cannot keep a secret. */
              publicKey: string;
              /**
               * Format: uri
               * @description Where the key is published.
               */
              publicKeysUrl: string;
              /** @description `whsec_…`: keep it; it is not shown again. */
              secret: string;
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/artifacts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is known of an artifact */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              artifactId: string;
              bytes: number;
              callId: string;
              contentType: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Videos. */
              durationSeconds?: number;
              /** @description Frames a second; videos. */
              frameRate?: number;
              /** @description Pixels; images and videos. */
              height?: number;
              /**
               * @description What it is among the results; a result where it is absent.
               * @enum {string}
               */
              role?: 'result' | 'last_frame' | 'thumbnail';
              sha256: string;
              /** Format: uri */
              url: string;
              /** @description Pixels; images and videos. */
              width?: number;
            };
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/artifacts/{id}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The bytes of an artifact, to be shown
     * @description They come through this server. To save the file, or to fetch many, take `/download`.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** @description An `ETag` of this artifact. */
          'if-none-match'?: string;
          /** @description The `ETag` that the range belongs to. All is sent where it is another. */
          'if-range'?: string;
          /** @description One range of bytes, as players of videos ask for it. */
          range?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The bytes, with their content type. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/octet-stream': string;
          };
        };
        /** @description The part in `Range`. */
        206: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/octet-stream': string;
          };
        };
        /** @description The artifact is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        416: components['responses']['Problem416'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/artifacts/{id}/download': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Download an artifact
     * @description Redirects to a signed address that holds for five minutes and downloads under a readable name.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description `Location` is the signed address. */
        302: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/artifacts/{id}/thumbnail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A small picture of an artifact
     * @description A JPEG. It never changes, but a browser that keeps it asks each time whether it may still be read (ETag). Of what is no image there is none.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** @description An `ETag` of this artifact. */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Upright, and never larger than the image: its shorter side has at most 640 pixels, its longer one at most 1920. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'image/jpeg': string;
          };
        };
        /** @description The artifact is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List batches, newest first */
    get: {
      parameters: {
        query?: {
          /** @description The `nextCursor` of the page before. */
          cursor?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                /** @description The caller's own id. */
                batchId?: string;
                calls: {
                  cancelled: number;
                  completed: number;
                  failed: number;
                  pending: number;
                  processing: number;
                  total: number;
                };
                /** Format: date-time */
                cancelRequestedAt?: string;
                /** Format: date-time */
                completedAt?: string;
                /** Format: date-time */
                createdAt: string;
                id: string;
                maxConcurrent: number;
                metadata: {
                  [key: string]: string;
                };
                /** @enum {string} */
                onFailure: 'continue' | 'stop';
                /**
                 * Format: date-time
                 * @description When it begins, where that is later than its acceptance.
                 */
                startAt?: string;
                /** Format: date-time */
                startedAt?: string;
                /** @enum {string} */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                /** @enum {string} */
                strategy: 'parallel' | 'sequential';
                urls: {
                  /** Format: uri */
                  calls: string;
                  /** Format: uri */
                  events: string;
                  /** Format: uri */
                  self: string;
                };
                workflowId: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        401: components['responses']['Problem401'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    /**
     * Make many calls together
     * @description Accepts all of up to 10,000 calls or none: each fault is listed with its path, for instance `/calls/17/input/prompt`. As `application/x-ndjson` the first line holds the settings and each further line one call; the paths are the same. At most `maxConcurrent` of them are under way at once, begun in their order.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description The caller's own id, unique in the account: to send the batch again under it answers the first one, and makes nothing twice. */
            batchId?: string;
            calls: (
              | {
                  /**
                   * Format: date-time
                   * @description Requests a cancel at this time, unless the call has ended by then.
                   */
                  cancelAfter?: string;
                  /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                  email?:
                    | string
                    | {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** Format: email */
                        to: string;
                      };
                  /** @description By the operation's input schema; at most 256 KB as JSON. */
                  input: {
                    [key: string]: unknown;
                  };
                  /** @description The name of an integration, as `GET /v1/integrations` lists it. */
                  integration: string;
                  /** @description The caller's own labels, given back unchanged. */
                  metadata?: {
                    [key: string]: string;
                  };
                  /** @description One of its operations, for instance `text-to-image`. */
                  operation: string;
                  slack?: {
                    /** @description The types of the events to be told of; the call's end where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                    )[];
                    /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                    url: string;
                  };
                  /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                  webhook?: {
                    /** @description The types of the events to be told of; the call's end where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                    )[];
                    /** @description Where each event is posted, by the Standard Webhooks. */
                    url: string;
                  };
                }
              | (
                  | {
                      /**
                       * Format: date-time
                       * @description Requests a cancel at this time, unless the call has ended by then.
                       */
                      cancelAfter?: string;
                      /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                      delaySeconds?: number;
                      /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                      email?:
                        | string
                        | {
                            /** @description The types of the events to be told of; the call's end where it is left out. */
                            events?: (
                              | 'call.accepted'
                              | 'call.processing'
                              | 'call.submission_started'
                              | 'call.submission_refused'
                              | 'call.submission_unknown'
                              | 'call.submission_reconciled'
                              | 'call.submitted'
                              | 'call.progress'
                              | 'call.cancel_requested'
                              | 'call.cancel_result'
                              | 'call.completed'
                              | 'call.failed'
                              | 'call.cancelled'
                            )[];
                            /** Format: email */
                            to: string;
                          };
                      /**
                       * @description Pixels.
                       * @default 1024
                       */
                      height?: number;
                      /** @description Images to change or combine, in the order that the prompt speaks of them. */
                      images?: (
                        | string
                        | {
                            uploadId: string;
                          }
                        | {
                            artifactId: string;
                          }
                      )[];
                      /** @description The caller's own labels, given back unchanged. */
                      metadata?: {
                        [key: string]: string;
                      };
                      /** @description What is not to be seen. */
                      negativePrompt?: string;
                      /**
                       * @description How many images are made.
                       * @default 1
                       */
                      numImages?: number;
                      /** @description What is to be seen. The provider may take less. */
                      prompt: string;
                      /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                      provider?: string;
                      /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                      requestId?: string;
                      /** @description The same seed gives a similar result. */
                      seed?: number;
                      slack?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                        url: string;
                      };
                      /**
                       * Format: date-time
                       * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                       */
                      startAt?: string;
                      /** @description How many steps a diffusion model takes. */
                      steps?: number;
                      /**
                       * @description How it is to look, in a few words.
                       * @default photorealistic
                       */
                      style?: string;
                      /** @enum {string} */
                      type: 'image';
                      /** @description The caller's own end user. Calls can be listed by it. */
                      userId?: string;
                      /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                      webhook?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description Where each event is posted, by the Standard Webhooks. */
                        url: string;
                      };
                      /** @description The same as `webhook: { url }`: where the call's end is told. */
                      webhookUrl?: string;
                      /**
                       * @description Pixels.
                       * @default 1024
                       */
                      width?: number;
                    }
                  | {
                      /**
                       * Format: date-time
                       * @description Requests a cancel at this time, unless the call has ended by then.
                       */
                      cancelAfter?: string;
                      /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                      delaySeconds?: number;
                      /**
                       * @description Seconds.
                       * @default 10
                       */
                      duration?: number;
                      /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                      email?:
                        | string
                        | {
                            /** @description The types of the events to be told of; the call's end where it is left out. */
                            events?: (
                              | 'call.accepted'
                              | 'call.processing'
                              | 'call.submission_started'
                              | 'call.submission_refused'
                              | 'call.submission_unknown'
                              | 'call.submission_reconciled'
                              | 'call.submitted'
                              | 'call.progress'
                              | 'call.cancel_requested'
                              | 'call.cancel_result'
                              | 'call.completed'
                              | 'call.failed'
                              | 'call.cancelled'
                            )[];
                            /** Format: email */
                            to: string;
                          };
                      /**
                       * @description Frames in a second.
                       * @default 30
                       */
                      fps?: number;
                      /** @description The first frame. */
                      image?:
                        | string
                        | {
                            uploadId: string;
                          }
                        | {
                            artifactId: string;
                          };
                      /** @description The caller's own labels, given back unchanged. */
                      metadata?: {
                        [key: string]: string;
                      };
                      /** @description What is not to be seen. */
                      negativePrompt?: string;
                      /** @description What is to be seen. The provider may take less. */
                      prompt: string;
                      /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                      provider?: string;
                      /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                      requestId?: string;
                      /**
                       * @description Width and height in pixels.
                       * @default 1920x1080
                       */
                      resolution?: string;
                      /** @description The same seed gives a similar result. */
                      seed?: number;
                      slack?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                        url: string;
                      };
                      /**
                       * Format: date-time
                       * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                       */
                      startAt?: string;
                      /**
                       * @description How it is to look, in a few words.
                       * @default realistic
                       */
                      style?: string;
                      /** @enum {string} */
                      type: 'video';
                      /** @description The caller's own end user. Calls can be listed by it. */
                      userId?: string;
                      /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                      webhook?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description Where each event is posted, by the Standard Webhooks. */
                        url: string;
                      };
                      /** @description The same as `webhook: { url }`: where the call's end is told. */
                      webhookUrl?: string;
                    }
                )
            )[];
            /** @description Accepts the batch now and begins it after so many seconds. Not together with `startAt`. */
            delaySeconds?: number;
            /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
            email?:
              | string
              | {
                  /** @description The types of the events to be told of; the batch's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                    | 'batch.accepted'
                    | 'batch.processing'
                    | 'batch.cancel_requested'
                    | 'batch.completed'
                    | 'batch.failed'
                    | 'batch.cancelled'
                  )[];
                  /** Format: email */
                  to: string;
                };
            /** @description How many of its calls are under way at once, at most. Default: 10, and 1 where the strategy is `sequential`. */
            maxConcurrent?: number;
            /** @description The caller's own labels, given back unchanged. */
            metadata?: {
              [key: string]: string;
            };
            /**
             * @default continue
             * @enum {string}
             */
            onFailure?: 'continue' | 'stop';
            slack?: {
              /** @description The types of the events to be told of; the batch's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
              url: string;
            };
            /**
             * Format: date-time
             * @description Accepts the batch now and begins it at this time, a year ahead at most.
             */
            startAt?: string;
            /**
             * @default parallel
             * @enum {string}
             */
            strategy?: 'parallel' | 'sequential';
            /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
            webhook?: {
              /** @description The types of the events to be told of; the batch's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description Where each event is posted, by the Standard Webhooks. */
              url: string;
            };
          };
          'application/x-ndjson': {
            /** @description The caller's own id, unique in the account: to send the batch again under it answers the first one, and makes nothing twice. */
            batchId?: string;
            calls: (
              | {
                  /**
                   * Format: date-time
                   * @description Requests a cancel at this time, unless the call has ended by then.
                   */
                  cancelAfter?: string;
                  /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                  email?:
                    | string
                    | {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** Format: email */
                        to: string;
                      };
                  /** @description By the operation's input schema; at most 256 KB as JSON. */
                  input: {
                    [key: string]: unknown;
                  };
                  /** @description The name of an integration, as `GET /v1/integrations` lists it. */
                  integration: string;
                  /** @description The caller's own labels, given back unchanged. */
                  metadata?: {
                    [key: string]: string;
                  };
                  /** @description One of its operations, for instance `text-to-image`. */
                  operation: string;
                  slack?: {
                    /** @description The types of the events to be told of; the call's end where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                    )[];
                    /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                    url: string;
                  };
                  /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                  webhook?: {
                    /** @description The types of the events to be told of; the call's end where it is left out. */
                    events?: (
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled'
                    )[];
                    /** @description Where each event is posted, by the Standard Webhooks. */
                    url: string;
                  };
                }
              | (
                  | {
                      /**
                       * Format: date-time
                       * @description Requests a cancel at this time, unless the call has ended by then.
                       */
                      cancelAfter?: string;
                      /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                      delaySeconds?: number;
                      /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                      email?:
                        | string
                        | {
                            /** @description The types of the events to be told of; the call's end where it is left out. */
                            events?: (
                              | 'call.accepted'
                              | 'call.processing'
                              | 'call.submission_started'
                              | 'call.submission_refused'
                              | 'call.submission_unknown'
                              | 'call.submission_reconciled'
                              | 'call.submitted'
                              | 'call.progress'
                              | 'call.cancel_requested'
                              | 'call.cancel_result'
                              | 'call.completed'
                              | 'call.failed'
                              | 'call.cancelled'
                            )[];
                            /** Format: email */
                            to: string;
                          };
                      /**
                       * @description Pixels.
                       * @default 1024
                       */
                      height?: number;
                      /** @description Images to change or combine, in the order that the prompt speaks of them. */
                      images?: (
                        | string
                        | {
                            uploadId: string;
                          }
                        | {
                            artifactId: string;
                          }
                      )[];
                      /** @description The caller's own labels, given back unchanged. */
                      metadata?: {
                        [key: string]: string;
                      };
                      /** @description What is not to be seen. */
                      negativePrompt?: string;
                      /**
                       * @description How many images are made.
                       * @default 1
                       */
                      numImages?: number;
                      /** @description What is to be seen. The provider may take less. */
                      prompt: string;
                      /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                      provider?: string;
                      /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                      requestId?: string;
                      /** @description The same seed gives a similar result. */
                      seed?: number;
                      slack?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                        url: string;
                      };
                      /**
                       * Format: date-time
                       * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                       */
                      startAt?: string;
                      /** @description How many steps a diffusion model takes. */
                      steps?: number;
                      /**
                       * @description How it is to look, in a few words.
                       * @default photorealistic
                       */
                      style?: string;
                      /** @enum {string} */
                      type: 'image';
                      /** @description The caller's own end user. Calls can be listed by it. */
                      userId?: string;
                      /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                      webhook?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description Where each event is posted, by the Standard Webhooks. */
                        url: string;
                      };
                      /** @description The same as `webhook: { url }`: where the call's end is told. */
                      webhookUrl?: string;
                      /**
                       * @description Pixels.
                       * @default 1024
                       */
                      width?: number;
                    }
                  | {
                      /**
                       * Format: date-time
                       * @description Requests a cancel at this time, unless the call has ended by then.
                       */
                      cancelAfter?: string;
                      /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                      delaySeconds?: number;
                      /**
                       * @description Seconds.
                       * @default 10
                       */
                      duration?: number;
                      /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                      email?:
                        | string
                        | {
                            /** @description The types of the events to be told of; the call's end where it is left out. */
                            events?: (
                              | 'call.accepted'
                              | 'call.processing'
                              | 'call.submission_started'
                              | 'call.submission_refused'
                              | 'call.submission_unknown'
                              | 'call.submission_reconciled'
                              | 'call.submitted'
                              | 'call.progress'
                              | 'call.cancel_requested'
                              | 'call.cancel_result'
                              | 'call.completed'
                              | 'call.failed'
                              | 'call.cancelled'
                            )[];
                            /** Format: email */
                            to: string;
                          };
                      /**
                       * @description Frames in a second.
                       * @default 30
                       */
                      fps?: number;
                      /** @description The first frame. */
                      image?:
                        | string
                        | {
                            uploadId: string;
                          }
                        | {
                            artifactId: string;
                          };
                      /** @description The caller's own labels, given back unchanged. */
                      metadata?: {
                        [key: string]: string;
                      };
                      /** @description What is not to be seen. */
                      negativePrompt?: string;
                      /** @description What is to be seen. The provider may take less. */
                      prompt: string;
                      /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                      provider?: string;
                      /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                      requestId?: string;
                      /**
                       * @description Width and height in pixels.
                       * @default 1920x1080
                       */
                      resolution?: string;
                      /** @description The same seed gives a similar result. */
                      seed?: number;
                      slack?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                        url: string;
                      };
                      /**
                       * Format: date-time
                       * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                       */
                      startAt?: string;
                      /**
                       * @description How it is to look, in a few words.
                       * @default realistic
                       */
                      style?: string;
                      /** @enum {string} */
                      type: 'video';
                      /** @description The caller's own end user. Calls can be listed by it. */
                      userId?: string;
                      /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                      webhook?: {
                        /** @description The types of the events to be told of; the call's end where it is left out. */
                        events?: (
                          | 'call.accepted'
                          | 'call.processing'
                          | 'call.submission_started'
                          | 'call.submission_refused'
                          | 'call.submission_unknown'
                          | 'call.submission_reconciled'
                          | 'call.submitted'
                          | 'call.progress'
                          | 'call.cancel_requested'
                          | 'call.cancel_result'
                          | 'call.completed'
                          | 'call.failed'
                          | 'call.cancelled'
                        )[];
                        /** @description Where each event is posted, by the Standard Webhooks. */
                        url: string;
                      };
                      /** @description The same as `webhook: { url }`: where the call's end is told. */
                      webhookUrl?: string;
                    }
                )
            )[];
            /** @description Accepts the batch now and begins it after so many seconds. Not together with `startAt`. */
            delaySeconds?: number;
            /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
            email?:
              | string
              | {
                  /** @description The types of the events to be told of; the batch's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                    | 'batch.accepted'
                    | 'batch.processing'
                    | 'batch.cancel_requested'
                    | 'batch.completed'
                    | 'batch.failed'
                    | 'batch.cancelled'
                  )[];
                  /** Format: email */
                  to: string;
                };
            /** @description How many of its calls are under way at once, at most. Default: 10, and 1 where the strategy is `sequential`. */
            maxConcurrent?: number;
            /** @description The caller's own labels, given back unchanged. */
            metadata?: {
              [key: string]: string;
            };
            /**
             * @default continue
             * @enum {string}
             */
            onFailure?: 'continue' | 'stop';
            slack?: {
              /** @description The types of the events to be told of; the batch's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
              url: string;
            };
            /**
             * Format: date-time
             * @description Accepts the batch now and begins it at this time, a year ahead at most.
             */
            startAt?: string;
            /**
             * @default parallel
             * @enum {string}
             */
            strategy?: 'parallel' | 'sequential';
            /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
            webhook?: {
              /** @description The types of the events to be told of; the batch's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
                | 'batch.accepted'
                | 'batch.processing'
                | 'batch.cancel_requested'
                | 'batch.completed'
                | 'batch.failed'
                | 'batch.cancelled'
              )[];
              /** @description Where each event is posted, by the Standard Webhooks. */
              url: string;
            };
          };
        };
      };
      responses: {
        /** @description The batch was accepted, or had been. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The caller's own id. */
              batchId?: string;
              calls: {
                cancelled: number;
                completed: number;
                failed: number;
                pending: number;
                processing: number;
                total: number;
              };
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              id: string;
              maxConcurrent: number;
              metadata: {
                [key: string]: string;
              };
              /** @enum {string} */
              onFailure: 'continue' | 'stop';
              /**
               * Format: date-time
               * @description When it begins, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              /** @enum {string} */
              strategy: 'parallel' | 'sequential';
              urls: {
                /** Format: uri */
                calls: string;
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              workflowId: string;
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        409: components['responses']['Problem409'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a batch */
    get: {
      parameters: {
        query?: {
          /** @description Seconds to wait for a change: beyond the version in `If-None-Match`, or beyond the present one. A batch that has ended is answered at once. */
          wait?: number;
        };
        header?: {
          /** @description An `ETag` of this batch. */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The caller's own id. */
              batchId?: string;
              calls: {
                cancelled: number;
                completed: number;
                failed: number;
                pending: number;
                processing: number;
                total: number;
              };
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              id: string;
              maxConcurrent: number;
              metadata: {
                [key: string]: string;
              };
              /** @enum {string} */
              onFailure: 'continue' | 'stop';
              /**
               * Format: date-time
               * @description When it begins, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              /** @enum {string} */
              strategy: 'parallel' | 'sequential';
              urls: {
                /** Format: uri */
                calls: string;
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              workflowId: string;
            };
          };
        };
        /** @description The batch is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/archive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Download all results of a batch as a ZIP
     * @description All files that its calls have produced so far and that are still stored, named after their calls, in the order of the batch. The archive is made while it is sent; where storage fails in the middle, the connection breaks off.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The archive, as it is being made. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/zip': string;
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a batch
     * @description Ends the calls that have not begun, unpaid, before it answers, and asks those under way to cancel, as `POST /v1/calls/:id/cancel` does. To cancel again changes nothing.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              batch: {
                /** @description The caller's own id. */
                batchId?: string;
                calls: {
                  cancelled: number;
                  completed: number;
                  failed: number;
                  pending: number;
                  processing: number;
                  total: number;
                };
                /** Format: date-time */
                cancelRequestedAt?: string;
                /** Format: date-time */
                completedAt?: string;
                /** Format: date-time */
                createdAt: string;
                id: string;
                maxConcurrent: number;
                metadata: {
                  [key: string]: string;
                };
                /** @enum {string} */
                onFailure: 'continue' | 'stop';
                /**
                 * Format: date-time
                 * @description When it begins, where that is later than its acceptance.
                 */
                startAt?: string;
                /** Format: date-time */
                startedAt?: string;
                /** @enum {string} */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                /** @enum {string} */
                strategy: 'parallel' | 'sequential';
                urls: {
                  /** Format: uri */
                  calls: string;
                  /** Format: uri */
                  events: string;
                  /** Format: uri */
                  self: string;
                };
                workflowId: string;
              };
              /** @enum {string} */
              result: 'cancelled' | 'cancel_requested' | 'already_terminal';
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read or follow a batch's log
     * @description What happened to the batch itself; the logs of its calls tell of them.
     */
    get: {
      parameters: {
        query?: {
          /** @description Answers the events after this `sequence`; from the beginning where it is left out. */
          after?: number;
          /** @description The `nextCursor` of the page before; the same as `after`. */
          cursor?: number;
          /** @description Events in one page; a stream has no end. */
          limit?: number;
        };
        header?: {
          /** @description `text/event-stream` keeps the answer open and sends each event as it happens. */
          accept?: string;
          /** @description Like `after`, and stronger: what an EventSource sends when it connects again. */
          'last-event-id'?: number;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page of events in the order of their sequence, or a stream of them. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                batchId: string;
                /** Format: date-time */
                createdAt: string;
                data: {
                  [key: string]: unknown;
                };
                /** @description Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one. */
                sequence: number;
                /**
                 * @description The batch's status after this event.
                 * @enum {string}
                 */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                /** @enum {string} */
                type:
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled';
              }[];
              nextCursor: string | null;
            };
            'text/event-stream': string;
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List calls */
    get: {
      parameters: {
        query?: {
          /** @description The calls of this batch, by its `id`. */
          batchId?: string;
          createdAfter?: string;
          createdBefore?: string;
          /** @description The `nextCursor` of the page before. */
          cursor?: string;
          /** @description May be repeated. */
          integration?: string | string[];
          limit?: number;
          operation?: string;
          /** @description Which calls come first. Those of a batch were made in the order of its lines. */
          order?: 'newest' | 'oldest';
          /** @description The calls whose prompt has all of these words, or parts of words, in any case. */
          prompt?: string;
          /** @description The caller's own id of a request. */
          requestId?: string;
          /** @description The calls that are made from this artifact: `sourceArtifactIds` names it. */
          sourceArtifactId?: string;
          /** @description May be repeated. */
          status?:
            | ('pending' | 'processing' | 'completed' | 'failed' | 'cancelled')
            | ('pending' | 'processing' | 'completed' | 'failed' | 'cancelled')[];
          /** @description The caller's own end user, as a request named it. */
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                /** @description The batch that it belongs to. */
                batchId?: string;
                /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
                batchPosition?: number;
                /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
                callSequence: number;
                /**
                 * Format: date-time
                 * @description When a cancel is requested by itself.
                 */
                cancelAfter?: string;
                /** Format: date-time */
                cancelRequestedAt?: string;
                /** @description What came of the cancel, as its last `call.cancel_result` told. */
                cancelResult?: {
                  /** @enum {string} */
                  billing?: 'not_charged' | 'unknown';
                  /** @description Why, and what became of the money. */
                  reason: string;
                  /**
                   * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                   * @enum {string}
                   */
                  result: 'cancelled' | 'not_possible';
                };
                /** Format: date-time */
                completedAt?: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Present once the call has failed. */
                error?: {
                  /** @enum {string} */
                  code:
                    | 'invalid_input'
                    | 'content_rejected'
                    | 'provider_authentication'
                    | 'provider_quota_exceeded'
                    | 'provider_rate_limited'
                    | 'provider_unavailable'
                    | 'provider_rejected'
                    | 'provider_failed'
                    | 'provider_expired'
                    | 'provider_response_invalid'
                    | 'submission_outcome_unknown'
                    | 'result_unavailable'
                    | 'storage_unavailable'
                    | 'timed_out'
                    | 'terminated'
                    | 'internal';
                  /** @description What happened and what to do next. */
                  message: string;
                  provider?: {
                    code?: string;
                    message?: string;
                    /** @description The HTTP status that the provider answered with. */
                    status?: number;
                  };
                  /** @description Whether making the same call again is reasonable. */
                  retryable: boolean;
                };
                externalId?: string;
                id: string;
                input: {
                  [key: string]: unknown;
                };
                integration: string;
                /** @description Paid results that arrived after the end. */
                lateArtifacts?: {
                  artifactId: string;
                  bytes: number;
                  callId: string;
                  contentType: string;
                  /** Format: date-time */
                  createdAt: string;
                  /** @description Videos. */
                  durationSeconds?: number;
                  /** @description Frames a second; videos. */
                  frameRate?: number;
                  /** @description Pixels; images and videos. */
                  height?: number;
                  /**
                   * @description What it is among the results; a result where it is absent.
                   * @enum {string}
                   */
                  role?: 'result' | 'last_frame' | 'thumbnail';
                  sha256: string;
                  /** Format: uri */
                  url: string;
                  /** @description Pixels; images and videos. */
                  width?: number;
                }[];
                metadata: {
                  [key: string]: string;
                };
                operation: string;
                /** @description By the operation's output schema; present once the call is completed. */
                output?: {
                  [key: string]: unknown;
                };
                progress: {
                  completedSteps: string[];
                  currentStep?: string;
                  percent?: number;
                };
                /** @description Present where the call was made by `POST /v1/requests`. */
                request?: {
                  /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                  honouredAs: {
                    as: string;
                    field: string;
                  }[];
                  /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                  notHonoured: {
                    field: string;
                    reason: string;
                  }[];
                  requestId?: string;
                  /** @enum {string} */
                  type: 'image' | 'video';
                  userId?: string;
                };
                /** @description The call of which this is a new try. */
                retryOf?: string;
                /** @description Whether the provider was the simulator. */
                simulated: boolean;
                /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
                sourceArtifactIds?: string[];
                /**
                 * Format: date-time
                 * @description When it may start, where that is later than its acceptance.
                 */
                startAt?: string;
                /** Format: date-time */
                startedAt?: string;
                /** @enum {string} */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                submissions: {
                  /** @description The provider took it and answered. */
                  accepted: number;
                  /** @description All of them; each was recorded before it was made. */
                  claimed: number;
                  /** @description The provider refused it before taking it. */
                  refused: number;
                  /** @description Nobody can know whether the provider took it. */
                  unknown: number;
                };
                /**
                 * Format: uri
                 * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
                 */
                thumbnailUrl?: string;
                urls: {
                  /** Format: uri */
                  events: string;
                  /** Format: uri */
                  self: string;
                };
                /** @enum {string} */
                waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
                workflowId: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        401: components['responses']['Problem401'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    /** Make a call */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The same key with the same body answers the same call. */
          'idempotency-key'?: string;
          /** @description `wait=N`: answers the finished call if it finishes within N seconds, 60 at most. */
          prefer?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @description Requests a cancel at this time, unless the call has ended by then.
             */
            cancelAfter?: string;
            /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
            delaySeconds?: number;
            /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
            email?:
              | string
              | {
                  /** @description The types of the events to be told of; the call's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                  )[];
                  /** Format: email */
                  to: string;
                };
            /** @description By the operation's input schema; at most 256 KB as JSON. */
            input: {
              [key: string]: unknown;
            };
            /** @description The name of an integration, as `GET /v1/integrations` lists it. */
            integration: string;
            /** @description The caller's own labels, given back unchanged. */
            metadata?: {
              [key: string]: string;
            };
            /** @description One of its operations, for instance `text-to-image`. */
            operation: string;
            slack?: {
              /** @description The types of the events to be told of; the call's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
              )[];
              /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
              url: string;
            };
            /**
             * Format: date-time
             * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
             */
            startAt?: string;
            /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
            webhook?: {
              /** @description The types of the events to be told of; the call's end where it is left out. */
              events?: (
                | 'call.accepted'
                | 'call.processing'
                | 'call.submission_started'
                | 'call.submission_refused'
                | 'call.submission_unknown'
                | 'call.submission_reconciled'
                | 'call.submitted'
                | 'call.progress'
                | 'call.cancel_requested'
                | 'call.cancel_result'
                | 'call.completed'
                | 'call.failed'
                | 'call.cancelled'
              )[];
              /** @description Where each event is posted, by the Standard Webhooks. */
              url: string;
            };
          };
        };
      };
      responses: {
        /** @description The finished call, where the request preferred to wait. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        /** @description The call was accepted. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        409: components['responses']['Problem409'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a call */
    get: {
      parameters: {
        query?: {
          /** @description Seconds to wait for a change: beyond the version in `If-None-Match`, or beyond the present one. A call that has ended is answered at once. */
          wait?: number;
        };
        header?: {
          /** @description An `ETag` of this call. */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        /** @description The call is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a call
     * @description Ends a call that was not submitted, unpaid. For one that was, the provider is asked where it can be: `call.cancel_result` in the log tells what came of it, and where it cannot, the call runs to its end and its result is kept. To cancel again changes nothing.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              call: {
                /** @description The batch that it belongs to. */
                batchId?: string;
                /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
                batchPosition?: number;
                /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
                callSequence: number;
                /**
                 * Format: date-time
                 * @description When a cancel is requested by itself.
                 */
                cancelAfter?: string;
                /** Format: date-time */
                cancelRequestedAt?: string;
                /** @description What came of the cancel, as its last `call.cancel_result` told. */
                cancelResult?: {
                  /** @enum {string} */
                  billing?: 'not_charged' | 'unknown';
                  /** @description Why, and what became of the money. */
                  reason: string;
                  /**
                   * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                   * @enum {string}
                   */
                  result: 'cancelled' | 'not_possible';
                };
                /** Format: date-time */
                completedAt?: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Present once the call has failed. */
                error?: {
                  /** @enum {string} */
                  code:
                    | 'invalid_input'
                    | 'content_rejected'
                    | 'provider_authentication'
                    | 'provider_quota_exceeded'
                    | 'provider_rate_limited'
                    | 'provider_unavailable'
                    | 'provider_rejected'
                    | 'provider_failed'
                    | 'provider_expired'
                    | 'provider_response_invalid'
                    | 'submission_outcome_unknown'
                    | 'result_unavailable'
                    | 'storage_unavailable'
                    | 'timed_out'
                    | 'terminated'
                    | 'internal';
                  /** @description What happened and what to do next. */
                  message: string;
                  provider?: {
                    code?: string;
                    message?: string;
                    /** @description The HTTP status that the provider answered with. */
                    status?: number;
                  };
                  /** @description Whether making the same call again is reasonable. */
                  retryable: boolean;
                };
                externalId?: string;
                id: string;
                input: {
                  [key: string]: unknown;
                };
                integration: string;
                /** @description Paid results that arrived after the end. */
                lateArtifacts?: {
                  artifactId: string;
                  bytes: number;
                  callId: string;
                  contentType: string;
                  /** Format: date-time */
                  createdAt: string;
                  /** @description Videos. */
                  durationSeconds?: number;
                  /** @description Frames a second; videos. */
                  frameRate?: number;
                  /** @description Pixels; images and videos. */
                  height?: number;
                  /**
                   * @description What it is among the results; a result where it is absent.
                   * @enum {string}
                   */
                  role?: 'result' | 'last_frame' | 'thumbnail';
                  sha256: string;
                  /** Format: uri */
                  url: string;
                  /** @description Pixels; images and videos. */
                  width?: number;
                }[];
                metadata: {
                  [key: string]: string;
                };
                operation: string;
                /** @description By the operation's output schema; present once the call is completed. */
                output?: {
                  [key: string]: unknown;
                };
                progress: {
                  completedSteps: string[];
                  currentStep?: string;
                  percent?: number;
                };
                /** @description Present where the call was made by `POST /v1/requests`. */
                request?: {
                  /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                  honouredAs: {
                    as: string;
                    field: string;
                  }[];
                  /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                  notHonoured: {
                    field: string;
                    reason: string;
                  }[];
                  requestId?: string;
                  /** @enum {string} */
                  type: 'image' | 'video';
                  userId?: string;
                };
                /** @description The call of which this is a new try. */
                retryOf?: string;
                /** @description Whether the provider was the simulator. */
                simulated: boolean;
                /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
                sourceArtifactIds?: string[];
                /**
                 * Format: date-time
                 * @description When it may start, where that is later than its acceptance.
                 */
                startAt?: string;
                /** Format: date-time */
                startedAt?: string;
                /** @enum {string} */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                submissions: {
                  /** @description The provider took it and answered. */
                  accepted: number;
                  /** @description All of them; each was recorded before it was made. */
                  claimed: number;
                  /** @description The provider refused it before taking it. */
                  refused: number;
                  /** @description Nobody can know whether the provider took it. */
                  unknown: number;
                };
                /**
                 * Format: uri
                 * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
                 */
                thumbnailUrl?: string;
                urls: {
                  /** Format: uri */
                  events: string;
                  /** Format: uri */
                  self: string;
                };
                /** @enum {string} */
                waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
                workflowId: string;
              };
              /** @enum {string} */
              result: 'cancelled' | 'cancel_requested' | 'already_terminal';
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read or follow a call's log */
    get: {
      parameters: {
        query?: {
          /** @description Answers the events after this `sequence`; from the beginning where it is left out. */
          after?: number;
          /** @description The `nextCursor` of the page before; the same as `after`. */
          cursor?: number;
          /** @description Events in one page; a stream has no end. */
          limit?: number;
        };
        header?: {
          /** @description `text/event-stream` keeps the answer open and sends each event as it happens. */
          accept?: string;
          /** @description Like `after`, and stronger: what an EventSource sends when it connects again. */
          'last-event-id'?: number;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page of events in the order of their sequence, or a stream of them. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                callId: string;
                /** @description Its number in the call, from 1. */
                callSequence: number;
                /** Format: date-time */
                createdAt: string;
                data: {
                  [key: string]: unknown;
                };
                externalId?: string;
                /** @description Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one. */
                sequence: number;
                /**
                 * @description The call's status after this event.
                 * @enum {string}
                 */
                status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                /** @enum {string} */
                type:
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled';
              }[];
              nextCursor: string | null;
            };
            'text/event-stream': string;
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls/{id}/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Look at the provider now
     * @description Asks the workflow to look now instead of at its next poll. That is passed on at most once in two seconds for each call, and once in a hundredth of the time for which it has run: every 36 seconds after an hour. The answer is the same where it is not, and the call is looked at by itself all the same. It does not wait for the look: read the call, or follow its events. A call that has ended, that was not submitted yet, or that is not polled, is answered as it is.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/calls/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a call again
     * @description Makes a new call with the operation, the input and the metadata of one that has ended. It is paid for anew, and the limits are those of today.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The same key with the same body answers the same call. */
          'idempotency-key'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The new call; `retryOf` names the earlier one. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        409: components['responses']['Problem409'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read or follow the account's log */
    get: {
      parameters: {
        query?: {
          /** @description Answers the events after this `sequence`; from the beginning where it is left out. */
          after?: number;
          /** @description The `nextCursor` of the page before; the same as `after`. */
          cursor?: number;
          /** @description Events in one page; a stream has no end. */
          limit?: number;
        };
        header?: {
          /** @description `text/event-stream` keeps the answer open and sends each event as it happens. */
          accept?: string;
          /** @description Like `after`, and stronger: what an EventSource sends when it connects again. */
          'last-event-id'?: number;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page of events in the order of their sequence, or a stream of them. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: (
                | {
                    callId: string;
                    /** @description Its number in the call, from 1. */
                    callSequence: number;
                    /** Format: date-time */
                    createdAt: string;
                    data: {
                      [key: string]: unknown;
                    };
                    externalId?: string;
                    /** @description Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one. */
                    sequence: number;
                    /**
                     * @description The call's status after this event.
                     * @enum {string}
                     */
                    status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                    /** @enum {string} */
                    type:
                      | 'call.accepted'
                      | 'call.processing'
                      | 'call.submission_started'
                      | 'call.submission_refused'
                      | 'call.submission_unknown'
                      | 'call.submission_reconciled'
                      | 'call.submitted'
                      | 'call.progress'
                      | 'call.cancel_requested'
                      | 'call.cancel_result'
                      | 'call.completed'
                      | 'call.failed'
                      | 'call.cancelled';
                  }
                | {
                    batchId: string;
                    /** Format: date-time */
                    createdAt: string;
                    data: {
                      [key: string]: unknown;
                    };
                    /** @description Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one. */
                    sequence: number;
                    /**
                     * @description The batch's status after this event.
                     * @enum {string}
                     */
                    status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
                    /** @enum {string} */
                    type:
                      | 'batch.accepted'
                      | 'batch.processing'
                      | 'batch.cancel_requested'
                      | 'batch.completed'
                      | 'batch.failed'
                      | 'batch.cancelled';
                  }
                | {
                    /** Format: date-time */
                    createdAt: string;
                    data: {
                      [key: string]: unknown;
                    };
                    notificationId: string;
                    /** @description Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one. */
                    sequence: number;
                    /** @enum {string} */
                    type: 'notification.given_up' | 'notification.subscription_ended';
                  }
              )[];
              nextCursor: string | null;
            };
            'text/event-stream': string;
          };
        };
        401: components['responses']['Problem401'];
        410: components['responses']['Problem410'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the integrations and their operations */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                description: string;
                enabled: boolean;
                name: string;
                operations: {
                  delivery: string;
                  description: string;
                  /** @description JSON Schema of `input`. */
                  inputSchema: {
                    [key: string]: unknown;
                  };
                  /** @description What holds for calls that are accepted now. */
                  limits: {
                    /** @description From the first claim to the provider's answer. */
                    deadlineSeconds: number;
                    /** @description From acceptance to the first claim. */
                    maxQueueSeconds: number;
                    /** @description Refused ones count; those that found no connection do not: a provider that is away is waited for until the deadline. */
                    maxSubmissions: number;
                    /** @description From the submission to the first look at the provider. */
                    pollFirstSeconds?: number;
                    /** @description From one look to the next within the expected window. */
                    pollIntervalSeconds?: number;
                    /** @description From one look to the next after the expected window. */
                    pollSlowIntervalSeconds?: number;
                    /** @description The expected window: for so long after the first look one worker slot stays with the call, where there are enough. Later looks come one by one. */
                    pollWindowSeconds?: number;
                    /**
                     * @description What follows when nobody can know whether the provider took a submission.
                     * @enum {string}
                     */
                    whenOutcomeUnknown: 'fail' | 'resubmit';
                  };
                  /** @description The fields of `input` that name images or videos, or lists of them. */
                  mediaFields: {
                    [key: string]: {
                      contentTypes?: string[];
                      /** @enum {string} */
                      kind: 'image' | 'video';
                      maxBytes?: number;
                      /** @description Width divided by height. */
                      maxRatio?: number;
                      /** @description Pixels of the longer side. */
                      maxSide?: number;
                      /** @description Width divided by height. */
                      minRatio?: number;
                      /** @description Pixels of the shorter side. */
                      minSide?: number;
                    };
                  };
                  name: string;
                  /** @description JSON Schema of `output`. */
                  outputSchema: {
                    [key: string]: unknown;
                  };
                  /**
                   * @description The type of `POST /v1/requests` that it can be named for.
                   * @enum {string}
                   */
                  takesRequests?: 'image' | 'video';
                  title: string;
                }[];
                /** @description Its asynchronous tasks, for `POST /v1/tasks/<name>`. */
                tasks: {
                  description: string;
                  /** @description For `POST /v1/tasks/<name>`. */
                  name: string;
                  /** @description JSON Schema of `params`. */
                  paramsSchema: {
                    [key: string]: unknown;
                  };
                  title: string;
                }[];
                title: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        401: components['responses']['Problem401'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/integrations/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describe an integration */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          name: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              description: string;
              enabled: boolean;
              name: string;
              operations: {
                delivery: string;
                description: string;
                /** @description JSON Schema of `input`. */
                inputSchema: {
                  [key: string]: unknown;
                };
                /** @description What holds for calls that are accepted now. */
                limits: {
                  /** @description From the first claim to the provider's answer. */
                  deadlineSeconds: number;
                  /** @description From acceptance to the first claim. */
                  maxQueueSeconds: number;
                  /** @description Refused ones count; those that found no connection do not: a provider that is away is waited for until the deadline. */
                  maxSubmissions: number;
                  /** @description From the submission to the first look at the provider. */
                  pollFirstSeconds?: number;
                  /** @description From one look to the next within the expected window. */
                  pollIntervalSeconds?: number;
                  /** @description From one look to the next after the expected window. */
                  pollSlowIntervalSeconds?: number;
                  /** @description The expected window: for so long after the first look one worker slot stays with the call, where there are enough. Later looks come one by one. */
                  pollWindowSeconds?: number;
                  /**
                   * @description What follows when nobody can know whether the provider took a submission.
                   * @enum {string}
                   */
                  whenOutcomeUnknown: 'fail' | 'resubmit';
                };
                /** @description The fields of `input` that name images or videos, or lists of them. */
                mediaFields: {
                  [key: string]: {
                    contentTypes?: string[];
                    /** @enum {string} */
                    kind: 'image' | 'video';
                    maxBytes?: number;
                    /** @description Width divided by height. */
                    maxRatio?: number;
                    /** @description Pixels of the longer side. */
                    maxSide?: number;
                    /** @description Width divided by height. */
                    minRatio?: number;
                    /** @description Pixels of the shorter side. */
                    minSide?: number;
                  };
                };
                name: string;
                /** @description JSON Schema of `output`. */
                outputSchema: {
                  [key: string]: unknown;
                };
                /**
                 * @description The type of `POST /v1/requests` that it can be named for.
                 * @enum {string}
                 */
                takesRequests?: 'image' | 'video';
                title: string;
              }[];
              /** @description Its asynchronous tasks, for `POST /v1/tasks/<name>`. */
              tasks: {
                description: string;
                /** @description For `POST /v1/tasks/<name>`. */
                name: string;
                /** @description JSON Schema of `params`. */
                paramsSchema: {
                  [key: string]: unknown;
                };
                title: string;
              }[];
              title: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List notifications, newest first */
    get: {
      parameters: {
        query?: {
          /** @description Of the batch, and what its subscriptions tell of its calls. */
          batchId?: string;
          callId?: string;
          /** @description The `nextCursor` of the page before. */
          cursor?: string;
          limit?: number;
          /** @description May be repeated. */
          status?:
            | ('pending' | 'delivering' | 'delivered' | 'failed' | 'ended')
            | ('pending' | 'delivering' | 'delivered' | 'failed' | 'ended')[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: {
                attemptCount: number;
                batchId?: string;
                callId?: string;
                /** @enum {string} */
                channel: 'webhook' | 'email' | 'slack';
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                deliveredAt?: string;
                event: {
                  sequence: number;
                  /** @enum {string} */
                  type:
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                    | 'batch.accepted'
                    | 'batch.processing'
                    | 'batch.cancel_requested'
                    | 'batch.completed'
                    | 'batch.failed'
                    | 'batch.cancelled';
                };
                id: string;
                lastError?: string;
                /** @description The HTTP status or the SMTP code of the last attempt. */
                lastStatus?: number;
                /** Format: date-time */
                nextAttemptAt?: string;
                /** @enum {string} */
                status: 'pending' | 'delivering' | 'delivered' | 'failed' | 'ended';
                subscriptionId: string;
                /** @description Where it goes. Of a Slack address only the beginning: it is a secret. */
                target: string;
              }[];
              nextCursor: string | null;
            };
          };
        };
        401: components['responses']['Problem401'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One notification, with its attempts */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              attemptCount: number;
              attempts: {
                /** @description From 1, resends included. */
                attempt: number;
                /** Format: date-time */
                endedAt: string;
                error?: string;
                /** @enum {string} */
                outcome: 'delivered' | 'failed';
                /** Format: date-time */
                startedAt: string;
                /** @description The HTTP status or the SMTP code that was answered. */
                status?: number;
              }[];
              batchId?: string;
              callId?: string;
              /** @enum {string} */
              channel: 'webhook' | 'email' | 'slack';
              /** Format: date-time */
              createdAt: string;
              /** Format: date-time */
              deliveredAt?: string;
              event: {
                sequence: number;
                /** @enum {string} */
                type:
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled';
              };
              id: string;
              lastError?: string;
              /** @description The HTTP status or the SMTP code of the last attempt. */
              lastStatus?: number;
              /** Format: date-time */
              nextAttemptAt?: string;
              /** @enum {string} */
              status: 'pending' | 'delivering' | 'delivered' | 'failed' | 'ended';
              subscriptionId: string;
              /** @description Where it goes. Of a Slack address only the beginning: it is a secret. */
              target: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{id}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a notification again
     * @description Sends it at once, whatever became of it before: one that waits for its next attempt too. Its id stays, so that a receiver knows it, and it is tried as long as a new one.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It waits to be sent. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              attemptCount: number;
              attempts: {
                /** @description From 1, resends included. */
                attempt: number;
                /** Format: date-time */
                endedAt: string;
                error?: string;
                /** @enum {string} */
                outcome: 'delivered' | 'failed';
                /** Format: date-time */
                startedAt: string;
                /** @description The HTTP status or the SMTP code that was answered. */
                status?: number;
              }[];
              batchId?: string;
              callId?: string;
              /** @enum {string} */
              channel: 'webhook' | 'email' | 'slack';
              /** Format: date-time */
              createdAt: string;
              /** Format: date-time */
              deliveredAt?: string;
              event: {
                sequence: number;
                /** @enum {string} */
                type:
                  | 'call.accepted'
                  | 'call.processing'
                  | 'call.submission_started'
                  | 'call.submission_refused'
                  | 'call.submission_unknown'
                  | 'call.submission_reconciled'
                  | 'call.submitted'
                  | 'call.progress'
                  | 'call.cancel_requested'
                  | 'call.cancel_result'
                  | 'call.completed'
                  | 'call.failed'
                  | 'call.cancelled'
                  | 'batch.accepted'
                  | 'batch.processing'
                  | 'batch.cancel_requested'
                  | 'batch.completed'
                  | 'batch.failed'
                  | 'batch.cancelled';
              };
              id: string;
              lastError?: string;
              /** @description The HTTP status or the SMTP code of the last attempt. */
              lastStatus?: number;
              /** Format: date-time */
              nextAttemptAt?: string;
              /** @enum {string} */
              status: 'pending' | 'delivering' | 'delivered' | 'failed' | 'ended';
              subscriptionId: string;
              /** @description Where it goes. Of a Slack address only the beginning: it is a secret. */
              target: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        410: components['responses']['Problem410'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask for images or a video, whoever makes them
     * @description Makes a call of the operation that `provider` names or that is configured. What the provider cannot honour is listed in the answer, under `request`. Repeating a `requestId` answers the first call.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The same key with the same body answers the same call. */
          'idempotency-key'?: string;
          /** @description `wait=N`: answers the finished call if it finishes within N seconds, 60 at most. */
          prefer?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json':
            | {
                /**
                 * Format: date-time
                 * @description Requests a cancel at this time, unless the call has ended by then.
                 */
                cancelAfter?: string;
                /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                delaySeconds?: number;
                /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                email?:
                  | string
                  | {
                      /** @description The types of the events to be told of; the call's end where it is left out. */
                      events?: (
                        | 'call.accepted'
                        | 'call.processing'
                        | 'call.submission_started'
                        | 'call.submission_refused'
                        | 'call.submission_unknown'
                        | 'call.submission_reconciled'
                        | 'call.submitted'
                        | 'call.progress'
                        | 'call.cancel_requested'
                        | 'call.cancel_result'
                        | 'call.completed'
                        | 'call.failed'
                        | 'call.cancelled'
                      )[];
                      /** Format: email */
                      to: string;
                    };
                /**
                 * @description Pixels.
                 * @default 1024
                 */
                height?: number;
                /** @description Images to change or combine, in the order that the prompt speaks of them. */
                images?: (
                  | string
                  | {
                      uploadId: string;
                    }
                  | {
                      artifactId: string;
                    }
                )[];
                /** @description The caller's own labels, given back unchanged. */
                metadata?: {
                  [key: string]: string;
                };
                /** @description What is not to be seen. */
                negativePrompt?: string;
                /**
                 * @description How many images are made.
                 * @default 1
                 */
                numImages?: number;
                /** @description What is to be seen. The provider may take less. */
                prompt: string;
                /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                provider?: string;
                /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                requestId?: string;
                /** @description The same seed gives a similar result. */
                seed?: number;
                slack?: {
                  /** @description The types of the events to be told of; the call's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                  )[];
                  /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                  url: string;
                };
                /**
                 * Format: date-time
                 * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                 */
                startAt?: string;
                /** @description How many steps a diffusion model takes. */
                steps?: number;
                /**
                 * @description How it is to look, in a few words.
                 * @default photorealistic
                 */
                style?: string;
                /** @enum {string} */
                type: 'image';
                /** @description The caller's own end user. Calls can be listed by it. */
                userId?: string;
                /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                webhook?: {
                  /** @description The types of the events to be told of; the call's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                  )[];
                  /** @description Where each event is posted, by the Standard Webhooks. */
                  url: string;
                };
                /** @description The same as `webhook: { url }`: where the call's end is told. */
                webhookUrl?: string;
                /**
                 * @description Pixels.
                 * @default 1024
                 */
                width?: number;
              }
            | {
                /**
                 * Format: date-time
                 * @description Requests a cancel at this time, unless the call has ended by then.
                 */
                cancelAfter?: string;
                /** @description Accepts the call now and starts it after so many seconds. Not together with `startAt`. */
                delaySeconds?: number;
                /**
                 * @description Seconds.
                 * @default 10
                 */
                duration?: number;
                /** @description An address, or an address and the events. Only where the operator has set SMTP_URL. */
                email?:
                  | string
                  | {
                      /** @description The types of the events to be told of; the call's end where it is left out. */
                      events?: (
                        | 'call.accepted'
                        | 'call.processing'
                        | 'call.submission_started'
                        | 'call.submission_refused'
                        | 'call.submission_unknown'
                        | 'call.submission_reconciled'
                        | 'call.submitted'
                        | 'call.progress'
                        | 'call.cancel_requested'
                        | 'call.cancel_result'
                        | 'call.completed'
                        | 'call.failed'
                        | 'call.cancelled'
                      )[];
                      /** Format: email */
                      to: string;
                    };
                /**
                 * @description Frames in a second.
                 * @default 30
                 */
                fps?: number;
                /** @description The first frame. */
                image?:
                  | string
                  | {
                      uploadId: string;
                    }
                  | {
                      artifactId: string;
                    };
                /** @description The caller's own labels, given back unchanged. */
                metadata?: {
                  [key: string]: string;
                };
                /** @description What is not to be seen. */
                negativePrompt?: string;
                /** @description What is to be seen. The provider may take less. */
                prompt: string;
                /** @description Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names. */
                provider?: string;
                /** @description The caller's own id, unique in the account. Repeating one answers the first call, and makes none. */
                requestId?: string;
                /**
                 * @description Width and height in pixels.
                 * @default 1920x1080
                 */
                resolution?: string;
                /** @description The same seed gives a similar result. */
                seed?: number;
                slack?: {
                  /** @description The types of the events to be told of; the call's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                  )[];
                  /** @description An incoming webhook of Slack. It is a secret: it is never shown whole. */
                  url: string;
                };
                /**
                 * Format: date-time
                 * @description Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.
                 */
                startAt?: string;
                /**
                 * @description How it is to look, in a few words.
                 * @default realistic
                 */
                style?: string;
                /** @enum {string} */
                type: 'video';
                /** @description The caller's own end user. Calls can be listed by it. */
                userId?: string;
                /** @description A server of yours; docs/guides/notifications.md says how it checks what comes. */
                webhook?: {
                  /** @description The types of the events to be told of; the call's end where it is left out. */
                  events?: (
                    | 'call.accepted'
                    | 'call.processing'
                    | 'call.submission_started'
                    | 'call.submission_refused'
                    | 'call.submission_unknown'
                    | 'call.submission_reconciled'
                    | 'call.submitted'
                    | 'call.progress'
                    | 'call.cancel_requested'
                    | 'call.cancel_result'
                    | 'call.completed'
                    | 'call.failed'
                    | 'call.cancelled'
                  )[];
                  /** @description Where each event is posted, by the Standard Webhooks. */
                  url: string;
                };
                /** @description The same as `webhook: { url }`: where the call's end is told. */
                webhookUrl?: string;
              };
        };
      };
      responses: {
        /** @description The finished call, where the request preferred to wait. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        /** @description The call was accepted. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The batch that it belongs to. */
              batchId?: string;
              /** @description Its place among the calls of its batch, from 0 as in `/calls/0`. */
              batchPosition?: number;
              /** @description The `callSequence` of the last event that it shows: what comes later is newer. */
              callSequence: number;
              /**
               * Format: date-time
               * @description When a cancel is requested by itself.
               */
              cancelAfter?: string;
              /** Format: date-time */
              cancelRequestedAt?: string;
              /** @description What came of the cancel, as its last `call.cancel_result` told. */
              cancelResult?: {
                /** @enum {string} */
                billing?: 'not_charged' | 'unknown';
                /** @description Why, and what became of the money. */
                reason: string;
                /**
                 * @description `not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.
                 * @enum {string}
                 */
                result: 'cancelled' | 'not_possible';
              };
              /** Format: date-time */
              completedAt?: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Present once the call has failed. */
              error?: {
                /** @enum {string} */
                code:
                  | 'invalid_input'
                  | 'content_rejected'
                  | 'provider_authentication'
                  | 'provider_quota_exceeded'
                  | 'provider_rate_limited'
                  | 'provider_unavailable'
                  | 'provider_rejected'
                  | 'provider_failed'
                  | 'provider_expired'
                  | 'provider_response_invalid'
                  | 'submission_outcome_unknown'
                  | 'result_unavailable'
                  | 'storage_unavailable'
                  | 'timed_out'
                  | 'terminated'
                  | 'internal';
                /** @description What happened and what to do next. */
                message: string;
                provider?: {
                  code?: string;
                  message?: string;
                  /** @description The HTTP status that the provider answered with. */
                  status?: number;
                };
                /** @description Whether making the same call again is reasonable. */
                retryable: boolean;
              };
              externalId?: string;
              id: string;
              input: {
                [key: string]: unknown;
              };
              integration: string;
              /** @description Paid results that arrived after the end. */
              lateArtifacts?: {
                artifactId: string;
                bytes: number;
                callId: string;
                contentType: string;
                /** Format: date-time */
                createdAt: string;
                /** @description Videos. */
                durationSeconds?: number;
                /** @description Frames a second; videos. */
                frameRate?: number;
                /** @description Pixels; images and videos. */
                height?: number;
                /**
                 * @description What it is among the results; a result where it is absent.
                 * @enum {string}
                 */
                role?: 'result' | 'last_frame' | 'thumbnail';
                sha256: string;
                /** Format: uri */
                url: string;
                /** @description Pixels; images and videos. */
                width?: number;
              }[];
              metadata: {
                [key: string]: string;
              };
              operation: string;
              /** @description By the operation's output schema; present once the call is completed. */
              output?: {
                [key: string]: unknown;
              };
              progress: {
                completedSteps: string[];
                currentStep?: string;
                percent?: number;
              };
              /** @description Present where the call was made by `POST /v1/requests`. */
              request?: {
                /** @description The fields for which the provider has no parameter, and the way in which it is told of them. */
                honouredAs: {
                  as: string;
                  field: string;
                }[];
                /** @description The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead. */
                notHonoured: {
                  field: string;
                  reason: string;
                }[];
                requestId?: string;
                /** @enum {string} */
                type: 'image' | 'video';
                userId?: string;
              };
              /** @description The call of which this is a new try. */
              retryOf?: string;
              /** @description Whether the provider was the simulator. */
              simulated: boolean;
              /** @description The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from. */
              sourceArtifactIds?: string[];
              /**
               * Format: date-time
               * @description When it may start, where that is later than its acceptance.
               */
              startAt?: string;
              /** Format: date-time */
              startedAt?: string;
              /** @enum {string} */
              status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
              submissions: {
                /** @description The provider took it and answered. */
                accepted: number;
                /** @description All of them; each was recorded before it was made. */
                claimed: number;
                /** @description The provider refused it before taking it. */
                refused: number;
                /** @description Nobody can know whether the provider took it. */
                unknown: number;
              };
              /**
               * Format: uri
               * @description A small JPEG of its first picture, or of the picture that came with its video, where there is one.
               */
              thumbnailUrl?: string;
              urls: {
                /** Format: uri */
                events: string;
                /** Format: uri */
                self: string;
              };
              /** @enum {string} */
              waitingFor?: 'start_time' | 'batch' | 'engine' | 'storage' | 'slot' | 'provider';
              workflowId: string;
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        409: components['responses']['Problem409'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who makes this request
     * @description For a page that has to know whether it must ask for an API key: 401 says that it must; where it can link to, and what it need not send.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description The account that this request acts for. */
              accountId: string;
              /**
               * @description `local`: a request of this machine, where none needs a key.
               * @enum {string}
               */
              signedInBy: 'key' | 'session' | 'local';
              /** @description How large an upload may be here, in bytes. */
              uploads: {
                maxImageBytes: number;
                maxVideoBytes: number;
              };
              /**
               * Format: uri
               * @description Where Temporal's Web UI shows workflows, for people: a workflow's id is appended. Only where it is known.
               */
              workflowsUrl?: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    /**
     * Sign a browser in
     * @description Exchanges the API key in `Authorization` for a session in an HttpOnly cookie, which may do what the key may until it ends: by its time, with the key, or by `DELETE /v1/session`. A session of the same browser from before ends.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              accountId: string;
              /**
               * Format: date-time
               * @description When it ends by itself.
               */
              expiresAt: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    /**
     * Sign out
     * @description Ends the session of the cookie in every tab and process, with the streams that it opened, and removes the cookie. Without a session nothing happens.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Signed out. */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        403: components['responses']['Problem403'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tasks/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Submit an asynchronous task
     * @description Starts a task that an integration declares; `GET /v1/integrations` lists them with the schemas of their `params`. Repeating a `taskId` answers the first one.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          name: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description By the task's schema of params; at most 256 KB as JSON. */
            params?: unknown;
            /** @description The caller's own id, unique in the account: to submit the task again under it answers the first one, whatever the params are, and starts nothing. Send it: a submission whose answer was lost can then be sent again. */
            taskId?: string;
          };
        };
      };
      responses: {
        /** @description The task was accepted, or had been. */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              completedAt?: string;
              /** @description In their order; absent while there are none. */
              completedSteps?: string[];
              /** Format: date-time */
              createdAt: string;
              currentStep?: string;
              /** @description Present once the task has failed. */
              error?: {
                code: string;
                message: string;
                /** @description The step that failed; absent where it was none. */
                step?: string;
              };
              name: string;
              /** @description Present where the task is completed and its result is anything. */
              result?: unknown;
              /**
               * @description `pending`: nobody has begun it. One that was cancelled is `failed`, with the code `cancelled`.
               * @enum {string}
               */
              status: 'pending' | 'processing' | 'completed' | 'failed';
              taskId: string;
              urls: {
                /** Format: uri */
                cancel: string;
                /** Format: uri */
                self: string;
              };
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tasks/{name}/{taskId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an asynchronous task
     * @description Quickly, also while no worker is alive. A task that has ended is known for as long as Temporal keeps it.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          name: string;
          taskId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              completedAt?: string;
              /** @description In their order; absent while there are none. */
              completedSteps?: string[];
              /** Format: date-time */
              createdAt: string;
              currentStep?: string;
              /** @description Present once the task has failed. */
              error?: {
                code: string;
                message: string;
                /** @description The step that failed; absent where it was none. */
                step?: string;
              };
              name: string;
              /** @description Present where the task is completed and its result is anything. */
              result?: unknown;
              /**
               * @description `pending`: nobody has begun it. One that was cancelled is `failed`, with the code `cancelled`.
               * @enum {string}
               */
              status: 'pending' | 'processing' | 'completed' | 'failed';
              taskId: string;
              urls: {
                /** Format: uri */
                cancel: string;
                /** Format: uri */
                self: string;
              };
            };
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tasks/{name}/{taskId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an asynchronous task
     * @description The task ends as `failed` with the code `cancelled`, as soon as a worker is alive. To cancel again changes nothing, and a task that has ended stays as it is.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          name: string;
          taskId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              completedAt?: string;
              /** @description In their order; absent while there are none. */
              completedSteps?: string[];
              /** Format: date-time */
              createdAt: string;
              currentStep?: string;
              /** @description Present once the task has failed. */
              error?: {
                code: string;
                message: string;
                /** @description The step that failed; absent where it was none. */
                step?: string;
              };
              name: string;
              /** @description Present where the task is completed and its result is anything. */
              result?: unknown;
              /**
               * @description `pending`: nobody has begun it. One that was cancelled is `failed`, with the code `cancelled`.
               * @enum {string}
               */
              status: 'pending' | 'processing' | 'completed' | 'failed';
              taskId: string;
              urls: {
                /** Format: uri */
                cancel: string;
                /** Format: uri */
                self: string;
              };
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a token that opens a stream
     * @description For the events of one call, one batch or the account, and for some minutes. It goes into pages and to clients that are to have no API key.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json':
            | {
                /** @description The id of a call. */
                callId: string;
              }
            | {
                /** @description The id of a batch. */
                batchId: string;
              }
            | {
                /** @enum {boolean} */
                account: true;
              };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: date-time */
              expiresAt: string;
              /** @description The account's last sequence before the token was made: what happens from now on comes behind it. */
              lastSequence: number;
              /**
               * Format: uri
               * @description Where the stream is; over WebSocket with `ws:` or `wss:`.
               */
              streamUrl: string;
              subject: 'account' | string;
              /** @description For `GET /v1/stream`: in a message or in `Authorization`, never in an address. */
              token: string;
            };
          };
        };
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        404: components['responses']['Problem404'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/uploads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Upload an image or a video, to be named in an input as { "uploadId": … }
     * @description multipart/form-data with one part, the file: a PNG, JPEG or WebP of at most 30 MB and 64 megapixels, or an MP4 or QuickTime video. What it is, is read from its bytes. Its metadata (Exif, places, times, comments) is removed before it is stored; an image that its metadata turns is turned.
     */
    post: {
      parameters: {
        query?: {
          /** @description An artifact that the file was made from, for instance cut out of. May be repeated. */
          sourceArtifactId?: string | string[];
        };
        header?: {
          /** @description Any value. Required where no API key is sent: a web page of somebody else cannot send it. */
          'x-darkroom-upload'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'multipart/form-data': {
            /**
             * Format: binary
             * @description The image or the video.
             */
            file: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description After its metadata was removed. */
              bytes: number;
              contentType: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Videos. */
              durationSeconds?: number;
              /** @description Pixels. */
              height: number;
              id: string;
              sha256: string;
              /** @description The artifacts that it was made from, for instance cut out of, as whoever uploaded it said. */
              sourceArtifactIds?: string[];
              /** @description Pixels. */
              width: number;
            };
          };
        };
        400: components['responses']['Problem400'];
        401: components['responses']['Problem401'];
        403: components['responses']['Problem403'];
        413: components['responses']['Problem413'];
        415: components['responses']['Problem415'];
        422: components['responses']['Problem422'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/uploads/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is known of an upload */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @description After its metadata was removed. */
              bytes: number;
              contentType: string;
              /** Format: date-time */
              createdAt: string;
              /** @description Videos. */
              durationSeconds?: number;
              /** @description Pixels. */
              height: number;
              id: string;
              sha256: string;
              /** @description The artifacts that it was made from, for instance cut out of, as whoever uploaded it said. */
              sourceArtifactIds?: string[];
              /** @description Pixels. */
              width: number;
            };
          };
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/uploads/{id}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The bytes of an upload */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** @description An `ETag` of this upload. */
          'if-none-match'?: string;
          /** @description The `ETag` that the range belongs to. All is sent where it is another. */
          'if-range'?: string;
          /** @description One range of bytes, as players of videos ask for it. */
          range?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The bytes, with their content type. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/octet-stream': string;
          };
        };
        /** @description The part in `Range`. */
        206: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/octet-stream': string;
          };
        };
        /** @description The upload is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        416: components['responses']['Problem416'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/uploads/{id}/thumbnail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A small picture of an upload
     * @description A JPEG. Of what is no image there is none.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** @description An `ETag` of this upload. */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Upright, and never larger than the image: its shorter side has at most 640 pixels, its longer one at most 1920. */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'image/jpeg': string;
          };
        };
        /** @description The upload is as the `ETag` in `If-None-Match` says. */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        401: components['responses']['Problem401'];
        404: components['responses']['Problem404'];
        500: components['responses']['Problem500'];
        503: components['responses']['Problem503'];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: never;
  responses: {
    /** @description A problem (RFC 9457). */
    Problem400: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'malformed_request';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem401: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'unauthenticated';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem403: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'foreign_origin';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem404: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'not_found' | 'unknown_task';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem409: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code:
            | 'idempotency_key_in_progress'
            | 'request_id_in_progress'
            | 'batch_in_progress'
            | 'call_not_ended'
            | 'spool_conflict';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem410: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'artifact_removed' | 'events_removed';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem413: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'too_large';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem415: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'unsupported_media_type';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem416: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'range_not_satisfiable';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem422: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code:
            | 'invalid_request'
            | 'unknown_integration'
            | 'unknown_operation'
            | 'integration_disabled'
            | 'no_provider'
            | 'idempotency_key_reused'
            | 'batch_id_reused'
            | 'task_id_reused'
            | 'report_refused';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem500: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'internal';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
    /** @description A problem (RFC 9457). */
    Problem503: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': {
          /** @enum {string} */
          code: 'engine_unavailable' | 'storage_unavailable' | 'database_unavailable' | 'overloaded';
          /** @description What to do next. */
          detail: string;
          errors?: {
            message: string;
            /** @description A JSON Pointer into the request body, for instance `/input/prompt`. */
            path: string;
          }[];
          /** @description With `events_removed`: the first sequence that is left. Read on with `after` one below it. */
          firstSequence?: number;
          retryable: boolean;
          status: number;
          title: string;
          /** Format: uri */
          type: string;
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
