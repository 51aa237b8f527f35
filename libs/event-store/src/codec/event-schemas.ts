// Written by tools/event-schemas.mjs; run it after a change of an event, and never edit an older version.

/** JSON Schema of the data of each event, by wire type and version. */
export const eventSchemas: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  "CaseClosed": {
    "1": {
      "type": "object",
      "properties": {
        "closedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "outcome": {
          "enum": [
            "SOLVED",
            "PARTLY_SOLVED",
            "NOT_SOLVED",
            "CLIENT_WITHDREW",
            "CLIENT_OUT_OF_SIGHT",
            "HANDED_OVER",
            "REGISTERED_IN_ERROR"
          ]
        },
        "solution": {
          "enum": [
            "OTHER_HELP",
            "INFORMATION",
            "ADVICE",
            "LETTER",
            "NEGOTIATION",
            "PROCEDURE",
            "REFERRED",
            "NONE"
          ]
        },
        "solvedInFirstLine": {
          "description": "Null when not answered.",
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "closedBy",
        "outcome",
        "solution",
        "solvedInFirstLine",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CaseReferred": {
    "1": {
      "description": "The client was sent on (R 5.2 q5b: never requires a conversation first).",
      "type": "object",
      "properties": {
        "referralId": {
          "type": "string"
        },
        "referredBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "to": {
          "type": "object",
          "properties": {
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "professionalId": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "string"
                }
              ]
            }
          },
          "required": [
            "organisationId",
            "organisationKind",
            "professionalId"
          ]
        },
        "direction": {
          "description": "`BACK` goes from second to first line.",
          "enum": [
            "FORWARD",
            "BACK"
          ]
        },
        "warmth": {
          "enum": [
            "COLD",
            "WARM"
          ]
        },
        "handoverId": {
          "description": "The one handover of a warm referral.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "toevoegingKind": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "const": "LAT"
            },
            {
              "const": "REGULAR"
            },
            {
              "const": "ATZ"
            }
          ]
        },
        "coldReason": {
          "description": "Why a client who is not self-reliant is referred cold all the same (R 3.2).",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "respondBy": {
          "description": "Null for a warm referral too: its one deadline is that of its handover, which runs from the offer.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "referralId",
        "referredBy",
        "to",
        "direction",
        "warmth",
        "handoverId",
        "toevoegingKind",
        "coldReason",
        "respondBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CaseRegistered": {
    "1": {
      "description": "A case was opened by a professional at a location (R 2.3).",
      "type": "object",
      "properties": {
        "registrationId": {
          "type": "string"
        },
        "registrationCode": {
          "description": "Unique for ever; the other side links its registration with it (R 2.4).",
          "type": "string"
        },
        "registrationKind": {
          "enum": [
            "FIRST_LINE_CONVERSATION_SOUGHT",
            "FIRST_LINE_SIGNALERING_ONLY",
            "SECOND_LINE_RESPONSE_WITHOUT_CODE",
            "SECOND_LINE_OWN_SIGNALERING",
            "SECOND_LINE_CLIENT_CAME_DIRECTLY",
            "SECOND_LINE_ASKS_FIRST_LINE"
          ]
        },
        "registeredBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "clientId": {
          "description": "Random; reused only when the professional explicitly picks a known client.",
          "type": "string"
        },
        "client": {
          "description": "Name and contact details of the client.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "voicemailAllowed": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ]
        },
        "interpreterNeeded": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ]
        },
        "facts": {
          "type": "object",
          "properties": {
            "clientMunicipality": {
              "description": "CBS municipality code of where the client lives, for example `GM0363`; null when unknown. Not the location of help.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "string"
                }
              ]
            },
            "channel": {
              "enum": [
                "PHONE",
                "EMAIL",
                "WALK_IN",
                "APPOINTMENT"
              ]
            },
            "primaryArea": {
              "enum": [
                "VREEMDELINGENRECHT",
                "ARBEIDSRECHT",
                "SOCIALEZEKERHEIDSRECHT",
                "SOCIALE_VOORZIENINGENRECHT",
                "HUURRECHT",
                "VERBINTENISSENRECHT",
                "CONSUMENTENRECHT",
                "ANDERS"
              ]
            },
            "furtherAreas": {
              "type": "array",
              "items": {
                "enum": [
                  "VREEMDELINGENRECHT",
                  "ARBEIDSRECHT",
                  "SOCIALEZEKERHEIDSRECHT",
                  "SOCIALE_VOORZIENINGENRECHT",
                  "HUURRECHT",
                  "VERBINTENISSENRECHT",
                  "CONSUMENTENRECHT",
                  "ANDERS"
                ]
              }
            },
            "lifeDomains": {
              "type": "array",
              "items": {
                "enum": [
                  "OTHER",
                  "INCOME",
                  "DEBT",
                  "HOUSING",
                  "WORK",
                  "FAMILY",
                  "HEALTH",
                  "RESIDENCE",
                  "ADMINISTRATION"
                ]
              }
            },
            "opposingPartyKind": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "const": "OTHER"
                },
                {
                  "const": "LANDLORD"
                },
                {
                  "const": "EMPLOYER"
                },
                {
                  "const": "MUNICIPALITY"
                },
                {
                  "const": "UWV"
                },
                {
                  "const": "SVB"
                },
                {
                  "const": "IND"
                },
                {
                  "const": "TAX_AUTHORITY"
                },
                {
                  "const": "COMPANY"
                },
                {
                  "const": "PRIVATE_PERSON"
                }
              ]
            },
            "opposingPartyName": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "clientQuestion": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "professionalQuestion": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "signaleringRelevance": {
              "enum": [
                "YES",
                "NO",
                "NOT_ANSWERED",
                "NOT_ASKED"
              ]
            }
          },
          "required": [
            "clientMunicipality",
            "channel",
            "primaryArea",
            "furtherAreas",
            "lifeDomains",
            "opposingPartyKind",
            "opposingPartyName",
            "clientQuestion",
            "professionalQuestion",
            "signaleringRelevance"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "registrationId",
        "registrationCode",
        "registrationKind",
        "registeredBy",
        "clientId",
        "client",
        "voicemailAllowed",
        "interpreterNeeded",
        "facts",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CaseReopened": {
    "1": {
      "type": "object",
      "properties": {
        "reopenedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "reason": {
          "enum": [
            "CLIENT_RETURNED",
            "CLOSED_TOO_SOON",
            "NEW_FACTS"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "reopenedBy",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ClientDataErased": {
    "1": {
      "description": "They were: the data key is no more, and what it sealed can be read by nobody. History, counts and proofs stay.",
      "type": "object",
      "properties": {
        "erasureId": {
          "type": "string"
        },
        "organisationId": {
          "type": "string"
        },
        "keyId": {
          "description": "The key that was destroyed; null when nothing had been sealed under it.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "erasureId",
        "organisationId",
        "keyId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ClientErasureOrdered": {
    "1": {
      "description": "One organisation's personal data in this case are to be destroyed; from here on it records none here (AVG art. 17).",
      "type": "object",
      "properties": {
        "erasureId": {
          "type": "string"
        },
        "clientId": {
          "type": "string"
        },
        "organisationId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "erasureId",
        "clientId",
        "organisationId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ConflictWallLifted": {
    "1": {
      "description": "The conflict of interest is over, or never was.",
      "type": "object",
      "properties": {
        "wallId": {
          "type": "string"
        },
        "liftedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "wallId",
        "liftedBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ConflictWallRaised": {
    "1": {
      "description": "Someone acts for the other party: from now on the case does not exist for them, whatever else they are to it.",
      "type": "object",
      "properties": {
        "wallId": {
          "type": "string"
        },
        "raisedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "against": {
          "anyOf": [
            {
              "type": "object",
              "properties": {
                "professionalId": {
                  "type": "string"
                }
              },
              "required": [
                "professionalId"
              ]
            },
            {
              "type": "object",
              "properties": {
                "organisationId": {
                  "type": "string"
                }
              },
              "required": [
                "organisationId"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "wallId",
        "raisedBy",
        "against",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ContactAttempted": {
    "1": {
      "description": "One try to reach the person on duty.",
      "type": "object",
      "properties": {
        "attemptId": {
          "type": "string"
        },
        "piketRequestId": {
          "type": "string"
        },
        "attemptedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "result": {
          "enum": [
            "NO_ANSWER",
            "VOICEMAIL",
            "BUSY",
            "CALL_BACK_AGREED"
          ]
        },
        "callBackAt": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "attemptId",
        "piketRequestId",
        "attemptedBy",
        "result",
        "callBackAt",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ContactSucceeded": {
    "1": {
      "description": "The other side was reached; this opens a conversation of which each side may give its account.",
      "type": "object",
      "properties": {
        "contactId": {
          "type": "string"
        },
        "conversationId": {
          "description": "Named here, recorded by `PiketConversationRecorded`.",
          "type": "string"
        },
        "piketRequestId": {
          "description": "Null when the contact followed no request, for example when a lawyer began it.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "reportedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "initiatedBy": {
          "description": "Who started the contact; DRS did not record it (R 2.2), so `UNKNOWN` is a value.",
          "enum": [
            "ASKING",
            "CONSULTED",
            "UNKNOWN"
          ]
        },
        "reachedKind": {
          "enum": [
            "JURIDISCH_LOKET",
            "SOCIAAL_RAADSLIEDEN",
            "ADVOCATUUR",
            "MEDIATION",
            "OTHER",
            "UNKNOWN"
          ]
        },
        "reachedProfessionalId": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "channel": {
          "enum": [
            "PHONE",
            "EMAIL",
            "WALK_IN",
            "APPOINTMENT"
          ]
        },
        "attempts": {
          "description": "Number of attempts up to and including this one; reported, else derived from the recorded attempts.",
          "type": "number"
        },
        "delayMinutes": {
          "description": "Minutes between the request and this contact; reported, else derived; null without a request.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "number"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "contactId",
        "conversationId",
        "piketRequestId",
        "reportedBy",
        "initiatedBy",
        "reachedKind",
        "reachedProfessionalId",
        "channel",
        "attempts",
        "delayMinutes",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ConversationCorrected": {
    "1": {
      "description": "The whole new value of one side's account.",
      "type": "object",
      "properties": {
        "conversationId": {
          "type": "string"
        },
        "side": {
          "enum": [
            "ASKING",
            "CONSULTED"
          ]
        },
        "account": {
          "type": "object",
          "properties": {
            "result": {
              "enum": [
                "ADVICE_GIVEN",
                "OWN_ADVICE_CONFIRMED",
                "REFERRAL_ADVISED",
                "BACK_REFERRAL_ADVISED",
                "TO_BE_CONTINUED",
                "NO_RESULT"
              ]
            },
            "advice": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "durationMinutes": {
              "description": "Minutes.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "rating": {
              "description": "1 to 10, null when not answered; never 0 (R footnote 8).",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "motivation": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "latWithoutDesk": {
              "description": "Null on the consulted side, which is not asked.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "const": "YES"
                },
                {
                  "const": "NO"
                },
                {
                  "const": "NOT_ANSWERED"
                }
              ]
            }
          },
          "required": [
            "result",
            "advice",
            "durationMinutes",
            "rating",
            "motivation",
            "latWithoutDesk"
          ]
        },
        "reason": {
          "enum": [
            "TYPING_MISTAKE",
            "MISUNDERSTOOD",
            "NEW_INFORMATION",
            "WRONG_CASE",
            "DOUBLE_ENTRY"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "conversationId",
        "side",
        "account",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CoordinatorAssigned": {
    "1": {
      "description": "One first-line professional took on the coordinating role, the spider in the web (P 12).",
      "type": "object",
      "properties": {
        "coordinator": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "coordinator",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CoordinatorTransferred": {
    "1": {
      "description": "The coordinating role passed to someone else.",
      "type": "object",
      "properties": {
        "from": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "to": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "reason": {
          "enum": [
            "AGREED",
            "ABSENT",
            "LEFT",
            "HANDOVER"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "from",
        "to",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "CounterpartRegistered": {
    "1": {
      "description": "The other side registered its own view of the same case, by registration code (R 2.4).",
      "type": "object",
      "properties": {
        "registrationId": {
          "type": "string"
        },
        "registeredBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "side": {
          "enum": [
            "ASKING",
            "CONSULTED"
          ]
        },
        "note": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "signaleringRelevance": {
          "enum": [
            "YES",
            "NO",
            "NOT_ANSWERED",
            "NOT_ASKED"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "registrationId",
        "registeredBy",
        "side",
        "note",
        "signaleringRelevance",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "EmergencyAccessReviewed": {
    "1": {
      "description": "Someone else looked at whether emergency access was justified; if not, it ends at once.",
      "type": "object",
      "properties": {
        "emergencyId": {
          "type": "string"
        },
        "reviewedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "verdict": {
          "enum": [
            "JUSTIFIED",
            "NOT_JUSTIFIED"
          ]
        },
        "note": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "emergencyId",
        "reviewedBy",
        "verdict",
        "note",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "EmergencyAccessTaken": {
    "1": {
      "description": "Someone without a role in the case opened it in an emergency, for a short time; reviewed afterwards by someone else.",
      "type": "object",
      "properties": {
        "emergencyId": {
          "type": "string"
        },
        "takenBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "reason": {
          "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
          "type": "object",
          "properties": {
            "v": {
              "const": 1
            },
            "kid": {
              "type": "string"
            },
            "n": {
              "type": "string"
            },
            "c": {
              "type": "string"
            },
            "t": {
              "type": "string"
            },
            "f": {
              "type": "string"
            }
          },
          "required": [
            "v",
            "kid",
            "n",
            "c",
            "t",
            "f"
          ]
        },
        "until": {
          "description": "When it ends by itself.",
          "type": "string"
        },
        "reviewBy": {
          "description": "When the review is overdue.",
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "emergencyId",
        "takenBy",
        "reason",
        "until",
        "reviewBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ErasureCompleted": {
    "1": {
      "description": "Everything ordered is done; this is what the certificate says.",
      "type": "object",
      "properties": {
        "destroyed": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "caseId": {
                "type": "string"
              },
              "keyId": {
                "description": "Null when nothing had ever been sealed under it.",
                "anyOf": [
                  {
                    "type": "null"
                  },
                  {
                    "type": "string"
                  }
                ]
              },
              "destroyedAt": {
                "type": "string"
              },
              "recipients": {
                "description": "The other organisations to which something of the client was shown in this case, by id, as the access log said when the key was gone:\nwho is to hear of the erasure (AVG art. 19). Left out by releases that did not note it.",
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            },
            "required": [
              "caseId",
              "keyId",
              "destroyedAt"
            ]
          }
        },
        "backupsUntil": {
          "description": "Wrapped keys may linger in backups of the key database until this day; what they open is unreadable without the key ring.",
          "type": "string"
        },
        "erasureId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "destroyed",
        "backupsUntil",
        "erasureId",
        "occurredAt"
      ]
    }
  },
  "ErasureOrdered": {
    "1": {
      "description": "The legal check was passed: from here on the data of these cases are destroyed, whatever happens in between.",
      "type": "object",
      "properties": {
        "orderedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseIds": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "kept": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "caseId": {
                "type": "string"
              },
              "objection": {
                "enum": [
                  "CASE_OPEN",
                  "HANDOVER_UNDER_WAY",
                  "RETENTION_TERM"
                ]
              },
              "until": {
                "description": "When the objection passes, where that is known.",
                "anyOf": [
                  {
                    "type": "null"
                  },
                  {
                    "type": "string"
                  }
                ]
              }
            },
            "required": [
              "caseId",
              "objection",
              "until"
            ]
          }
        },
        "left": {
          "description": "Cases that who ordered could not decide on, for acting for the other party there: a colleague's to decide. None when left out.",
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "erasureId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "orderedBy",
        "caseIds",
        "kept",
        "erasureId",
        "occurredAt"
      ]
    }
  },
  "ErasurePostponed": {
    "1": {
      "description": "The request waits: what stands against it will pass.",
      "type": "object",
      "properties": {
        "postponedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "ground": {
          "enum": [
            "LEGAL_OBLIGATION",
            "LEGAL_CLAIMS",
            "IDENTITY_NOT_ESTABLISHED",
            "MANIFESTLY_UNFOUNDED",
            "CASE_OPEN",
            "HANDOVER_UNDER_WAY",
            "RETENTION_TERM"
          ]
        },
        "until": {
          "type": "string"
        },
        "erasureId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "postponedBy",
        "ground",
        "until",
        "erasureId",
        "occurredAt"
      ]
    }
  },
  "ErasureRefused": {
    "1": {
      "description": "The request was turned down for good.",
      "type": "object",
      "properties": {
        "refusedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "ground": {
          "enum": [
            "LEGAL_OBLIGATION",
            "LEGAL_CLAIMS",
            "IDENTITY_NOT_ESTABLISHED",
            "MANIFESTLY_UNFOUNDED"
          ]
        },
        "left": {
          "description": "Cases that who refused could not decide on, for acting for the other party there: a colleague's to decide. None when left out.",
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "erasureId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "refusedBy",
        "ground",
        "erasureId",
        "occurredAt"
      ]
    }
  },
  "ErasureRequested": {
    "1": {
      "description": "An organisation took in that a client's data are to be erased.",
      "type": "object",
      "properties": {
        "clientId": {
          "type": "string"
        },
        "organisationId": {
          "description": "Whose data: every organisation decides over its own.",
          "type": "string"
        },
        "ground": {
          "enum": [
            "CLIENT_REQUEST",
            "RETENTION_ENDED"
          ]
        },
        "identityCheck": {
          "description": "Null when nobody asked, because the retention term ended.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "const": "SEEN_IN_PERSON"
            },
            {
              "const": "DIGID"
            },
            {
              "const": "CALLED_BACK"
            },
            {
              "const": "REPRESENTATIVE_AUTHORISED"
            }
          ]
        },
        "caseId": {
          "description": "The one case that is meant; null for every case of the client.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "requestedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "answerBy": {
          "description": "The client is to hear by then (AVG art. 12(3)).",
          "type": "string"
        },
        "erasureId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "clientId",
        "organisationId",
        "ground",
        "identityCheck",
        "caseId",
        "requestedBy",
        "answerBy",
        "erasureId",
        "occurredAt"
      ]
    }
  },
  "FactEnteredInError": {
    "1": {
      "description": "A fact never happened; figures take its contribution back. History keeps it.",
      "type": "object",
      "properties": {
        "fact": {
          "anyOf": [
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "CONTACT_ATTEMPT"
                },
                "id": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "id"
              ]
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "CONTACT"
                },
                "id": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "id"
              ]
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "CONVERSATION_ACCOUNT"
                },
                "id": {
                  "type": "string"
                },
                "side": {
                  "enum": [
                    "ASKING",
                    "CONSULTED"
                  ]
                }
              },
              "required": [
                "kind",
                "id",
                "side"
              ]
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "SELF_RELIANCE_ASSESSMENT"
                },
                "id": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "id"
              ]
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "TOEVOEGING"
                },
                "id": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "id"
              ]
            }
          ]
        },
        "reason": {
          "enum": [
            "TYPING_MISTAKE",
            "MISUNDERSTOOD",
            "NEW_INFORMATION",
            "WRONG_CASE",
            "DOUBLE_ENTRY"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "fact",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "FlagWithdrawn": {
    "1": {
      "description": "A withdrawn flag does not count.",
      "type": "object",
      "properties": {
        "flagId": {
          "type": "string"
        },
        "reason": {
          "enum": [
            "TYPING_MISTAKE",
            "MISUNDERSTOOD",
            "NEW_INFORMATION",
            "WRONG_CASE",
            "DOUBLE_ENTRY"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "flagId",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "FlaggedForSignalering": {
    "1": {
      "description": "The case was marked as worth discussing at the signaleringsoverleg.",
      "type": "object",
      "properties": {
        "flagId": {
          "type": "string"
        },
        "registrationId": {
          "type": "string"
        },
        "flaggedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "kind": {
          "description": "Null when a registration only answered that it is relevant.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "const": "BOTTLENECK_IN_SYSTEM"
            },
            {
              "const": "BOTTLENECK_IN_COLLABORATION"
            },
            {
              "const": "GOES_WELL"
            }
          ]
        },
        "themes": {
          "type": "array",
          "items": {
            "enum": [
              "OTHER",
              "DEBT",
              "REFERRAL",
              "IMMIGRATION_APPLICATION",
              "COMPLEX_SOCIAL_SECURITY_REVIEW",
              "CLEMENCY_PETITION",
              "TOESLAGEN",
              "BIJSTAND_APPLICATION",
              "HOMELESSNESS",
              "TENANCY",
              "DISMISSAL",
              "REACHABILITY",
              "TASK_DIVISION",
              "TOEVOEGING_POLICY"
            ]
          }
        },
        "selfRelianceWronglyAssumed": {
          "type": "boolean"
        },
        "gapInLegalAid": {
          "type": "boolean"
        },
        "bestPracticeCandidate": {
          "type": "boolean"
        },
        "note": {
          "description": "Sealed until its wording is released (rule 9).",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "flagId",
        "registrationId",
        "flaggedBy",
        "kind",
        "themes",
        "selfRelianceWronglyAssumed",
        "gapInLegalAid",
        "bestPracticeCandidate",
        "note",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverAccepted": {
    "1": {
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "acceptedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "acceptedBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverConsentGiven": {
    "1": {
      "description": "The client decides to hand over the form (P 5).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "form": {
          "enum": [
            "ORAL",
            "WRITTEN",
            "DIGITAL"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "form",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverConsentRefused": {
    "1": {
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverConsentWithdrawn": {
    "1": {
      "description": "The client took consent back; a handover under way returns to the sender (rule 5).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverDeclined": {
    "1": {
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "declinedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "reason": {
          "enum": [
            "OTHER",
            "NO_CAPACITY",
            "CONFLICT_OF_INTEREST",
            "NO_EXPERTISE",
            "NOT_ELIGIBLE",
            "CLIENT_UNREACHABLE"
          ]
        },
        "explanation": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "declinedBy",
        "reason",
        "explanation",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverLapsed": {
    "1": {
      "description": "Not accepted in time; back on the sender's worklist: no client disappears between two desks (rule 5).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverOffered": {
    "1": {
      "description": "Offered to a named person, never to an organisation (R footnote 10).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "offeredBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "to": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "respondBy": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "offeredBy",
        "to",
        "respondBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "HandoverPrepared": {
    "1": {
      "description": "The dossier was drawn up so that the client need not tell the story again (P 5).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "referralId": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "preparedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "dossier": {
          "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
          "type": "object",
          "properties": {
            "v": {
              "const": 1
            },
            "kid": {
              "type": "string"
            },
            "n": {
              "type": "string"
            },
            "c": {
              "type": "string"
            },
            "t": {
              "type": "string"
            },
            "f": {
              "type": "string"
            }
          },
          "required": [
            "v",
            "kid",
            "n",
            "c",
            "t",
            "f"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "referralId",
        "preparedBy",
        "dossier",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "LocationChanged": {
    "1": {
      "type": "object",
      "properties": {
        "locationId": {
          "type": "string"
        },
        "facts": {
          "type": "object",
          "properties": {
            "name": {
              "type": "string"
            },
            "municipalities": {
              "description": "CBS municipality codes that the location covers; Walcheren covers several.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "arrondissement": {
              "description": "One of the 11 arrondissementen, for example `ZEELAND-WEST-BRABANT` (P 8).",
              "type": "string"
            }
          },
          "required": [
            "name",
            "municipalities",
            "arrondissement"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "locationId",
        "facts",
        "occurredAt"
      ]
    }
  },
  "LocationRegistered": {
    "1": {
      "type": "object",
      "properties": {
        "locationId": {
          "type": "string"
        },
        "facts": {
          "type": "object",
          "properties": {
            "name": {
              "type": "string"
            },
            "municipalities": {
              "description": "CBS municipality codes that the location covers; Walcheren covers several.",
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            "arrondissement": {
              "description": "One of the 11 arrondissementen, for example `ZEELAND-WEST-BRABANT` (P 8).",
              "type": "string"
            }
          },
          "required": [
            "name",
            "municipalities",
            "arrondissement"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "locationId",
        "facts",
        "occurredAt"
      ]
    }
  },
  "OrganisationRegistered": {
    "1": {
      "type": "object",
      "properties": {
        "organisationId": {
          "type": "string"
        },
        "name": {
          "type": "string"
        },
        "organisationKind": {
          "enum": [
            "JURIDISCH_LOKET",
            "SOCIAAL_RAADSLIEDEN",
            "ADVOCATUUR",
            "MEDIATION",
            "OTHER"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "organisationId",
        "name",
        "organisationKind",
        "occurredAt"
      ]
    }
  },
  "OrganisationRenamed": {
    "1": {
      "type": "object",
      "properties": {
        "organisationId": {
          "type": "string"
        },
        "name": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "organisationId",
        "name",
        "occurredAt"
      ]
    }
  },
  "PiketConversationRecorded": {
    "1": {
      "description": "A side recorded its account of a conversation. The conversation is complete when both did (R 2.4).",
      "type": "object",
      "properties": {
        "conversationId": {
          "type": "string"
        },
        "side": {
          "enum": [
            "ASKING",
            "CONSULTED"
          ]
        },
        "registrationId": {
          "type": "string"
        },
        "recordedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "account": {
          "type": "object",
          "properties": {
            "result": {
              "enum": [
                "ADVICE_GIVEN",
                "OWN_ADVICE_CONFIRMED",
                "REFERRAL_ADVISED",
                "BACK_REFERRAL_ADVISED",
                "TO_BE_CONTINUED",
                "NO_RESULT"
              ]
            },
            "advice": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "durationMinutes": {
              "description": "Minutes.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "rating": {
              "description": "1 to 10, null when not answered; never 0 (R footnote 8).",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "motivation": {
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                  "type": "object",
                  "properties": {
                    "v": {
                      "const": 1
                    },
                    "kid": {
                      "type": "string"
                    },
                    "n": {
                      "type": "string"
                    },
                    "c": {
                      "type": "string"
                    },
                    "t": {
                      "type": "string"
                    },
                    "f": {
                      "type": "string"
                    }
                  },
                  "required": [
                    "v",
                    "kid",
                    "n",
                    "c",
                    "t",
                    "f"
                  ]
                }
              ]
            },
            "latWithoutDesk": {
              "description": "Null on the consulted side, which is not asked.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "const": "YES"
                },
                {
                  "const": "NO"
                },
                {
                  "const": "NOT_ANSWERED"
                }
              ]
            }
          },
          "required": [
            "result",
            "advice",
            "durationMinutes",
            "rating",
            "motivation",
            "latWithoutDesk"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "conversationId",
        "side",
        "registrationId",
        "recordedBy",
        "account",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "PiketRequestEscalated": {
    "1": {
      "description": "The request went to the next on the roster or to the national helpline.",
      "type": "object",
      "properties": {
        "piketRequestId": {
          "type": "string"
        },
        "to": {
          "enum": [
            "HELPLINE",
            "NEXT_ON_ROSTER"
          ]
        },
        "reason": {
          "enum": [
            "ATTEMPTS",
            "WAITING",
            "JUDGEMENT"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "piketRequestId",
        "to",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "PiketRequestExpired": {
    "1": {
      "description": "Nobody was reached in time.",
      "type": "object",
      "properties": {
        "piketRequestId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "piketRequestId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "PiketRequestWithdrawn": {
    "1": {
      "description": "The asker no longer needs the conversation.",
      "type": "object",
      "properties": {
        "piketRequestId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "piketRequestId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "PiketRequested": {
    "1": {
      "description": "A professional asked the desk, or a named colleague, for a conversation about the case (R 1.2).",
      "type": "object",
      "properties": {
        "piketRequestId": {
          "type": "string"
        },
        "askedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "askedKind": {
          "description": "Which kind of organisation was asked; `UNKNOWN` only for imported facts (R footnote 7).",
          "enum": [
            "JURIDISCH_LOKET",
            "SOCIAAL_RAADSLIEDEN",
            "ADVOCATUUR",
            "MEDIATION",
            "OTHER",
            "UNKNOWN"
          ]
        },
        "route": {
          "description": "`LOCAL_DESK`, `HELPLINE`, or a named colleague past the roster (P 7).",
          "enum": [
            "LOCAL_DESK",
            "HELPLINE",
            "NAMED_COLLEAGUE"
          ]
        },
        "namedProfessionalId": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "area": {
          "enum": [
            "VREEMDELINGENRECHT",
            "ARBEIDSRECHT",
            "SOCIALEZEKERHEIDSRECHT",
            "SOCIALE_VOORZIENINGENRECHT",
            "HUURRECHT",
            "VERBINTENISSENRECHT",
            "CONSUMENTENRECHT",
            "ANDERS"
          ]
        },
        "questionKind": {
          "enum": [
            "OTHER",
            "LEGAL_CHECK",
            "DIAGNOSIS",
            "TOEVOEGING_ELIGIBILITY",
            "REFERRAL",
            "BACK_REFERRAL",
            "OTHER_HELP"
          ]
        },
        "withoutDesk": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "const": "OTHER"
            },
            {
              "const": "SOLVE_MYSELF"
            },
            {
              "const": "ASK_OWN_COLLEAGUE"
            },
            {
              "const": "CALL_KNOWN_CONTACT"
            },
            {
              "const": "REFER_COLD"
            },
            {
              "const": "REQUEST_LAT"
            },
            {
              "const": "CLIENT_ON_THEIR_OWN"
            }
          ]
        },
        "localKnowledgeNeeded": {
          "description": "Keeps the request local (R 3.2).",
          "type": "boolean"
        },
        "respondBy": {
          "description": "When the request escalates if nobody was reached; null when policy or mandate sets none.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "piketRequestId",
        "askedBy",
        "askedKind",
        "route",
        "namedProfessionalId",
        "area",
        "questionKind",
        "withoutDesk",
        "localKnowledgeNeeded",
        "respondBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ProfessionalDeactivated": {
    "1": {
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "reason": {
          "enum": [
            "ABSENT",
            "LEFT"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "reason",
        "occurredAt"
      ]
    }
  },
  "ProfessionalDetailsChanged": {
    "1": {
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "details": {
          "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
          "type": "object",
          "properties": {
            "v": {
              "const": 1
            },
            "kid": {
              "type": "string"
            },
            "n": {
              "type": "string"
            },
            "c": {
              "type": "string"
            },
            "t": {
              "type": "string"
            },
            "f": {
              "type": "string"
            }
          },
          "required": [
            "v",
            "kid",
            "n",
            "c",
            "t",
            "f"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "details",
        "occurredAt"
      ]
    }
  },
  "ProfessionalDetailsErased": {
    "1": {
      "description": "They were: nobody can open them any more, in no event. What the professional did stays, under the id alone.",
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "keyId": {
          "description": "Of the destroyed data key; null when there was none.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "keyId",
        "occurredAt"
      ]
    }
  },
  "ProfessionalErasureOrdered": {
    "1": {
      "description": "The name and contact details of someone who left are to be destroyed (AVG art. 5(1)(e), 17); from here on nothing else changes.",
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "orderedBy": {
          "description": "A privacy officer of the organisation that was left.",
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "orderedBy",
        "occurredAt"
      ]
    }
  },
  "ProfessionalMoved": {
    "1": {
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "organisationId": {
          "type": "string"
        },
        "organisationKind": {
          "enum": [
            "JURIDISCH_LOKET",
            "SOCIAAL_RAADSLIEDEN",
            "ADVOCATUUR",
            "MEDIATION",
            "OTHER"
          ]
        },
        "locationId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "organisationId",
        "organisationKind",
        "locationId",
        "occurredAt"
      ]
    }
  },
  "ProfessionalReactivated": {
    "1": {
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "occurredAt"
      ]
    }
  },
  "ProfessionalRegistered": {
    "1": {
      "description": "A user of the system (R 2.2). The name and contact details are sealed under the professional's own key.",
      "type": "object",
      "properties": {
        "professionalId": {
          "type": "string"
        },
        "organisationId": {
          "type": "string"
        },
        "organisationKind": {
          "enum": [
            "JURIDISCH_LOKET",
            "SOCIAAL_RAADSLIEDEN",
            "ADVOCATUUR",
            "MEDIATION",
            "OTHER"
          ]
        },
        "locationId": {
          "type": "string"
        },
        "details": {
          "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
          "type": "object",
          "properties": {
            "v": {
              "const": 1
            },
            "kid": {
              "type": "string"
            },
            "n": {
              "type": "string"
            },
            "c": {
              "type": "string"
            },
            "t": {
              "type": "string"
            },
            "f": {
              "type": "string"
            }
          },
          "required": [
            "v",
            "kid",
            "n",
            "c",
            "t",
            "f"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "professionalId",
        "organisationId",
        "organisationKind",
        "locationId",
        "details",
        "occurredAt"
      ]
    }
  },
  "ProgrammePolicySet": {
    "1": {
      "description": "From a day on this is the policy at a location; earlier days keep theirs.",
      "type": "object",
      "properties": {
        "locationId": {
          "type": "string"
        },
        "from": {
          "type": "string"
        },
        "policy": {
          "type": "object",
          "properties": {
            "consultedLawyerMayReceiveFrom": {
              "description": "Organisation kinds whose referrals may go to the lawyer who was consulted (R 1.2 forbids, P 6 wishes).",
              "type": "array",
              "items": {
                "enum": [
                  "JURIDISCH_LOKET",
                  "SOCIAAL_RAADSLIEDEN",
                  "ADVOCATUUR",
                  "MEDIATION",
                  "OTHER"
                ]
              }
            },
            "hoursToAccept": {
              "description": "Hours that a receiver has to accept a referral or a handover; null sets no deadline.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "attemptsBeforeEscalation": {
              "description": "Failed attempts after which a piket request escalates.",
              "type": "number"
            },
            "minutesBeforeEscalation": {
              "description": "Minutes after which a piket request escalates; null sets no deadline.",
              "anyOf": [
                {
                  "type": "null"
                },
                {
                  "type": "number"
                }
              ]
            },
            "localDesk": {
              "description": "Whether there is a local piket desk at all (R 3.5, P 7).",
              "type": "boolean"
            }
          },
          "required": [
            "consultedLawyerMayReceiveFrom",
            "hoursToAccept",
            "attemptsBeforeEscalation",
            "minutesBeforeEscalation",
            "localDesk"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "locationId",
        "from",
        "policy",
        "occurredAt"
      ]
    }
  },
  "ReferralAccepted": {
    "1": {
      "type": "object",
      "properties": {
        "referralId": {
          "type": "string"
        },
        "acceptedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "referralId",
        "acceptedBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ReferralDeclined": {
    "1": {
      "type": "object",
      "properties": {
        "referralId": {
          "type": "string"
        },
        "declinedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "reason": {
          "enum": [
            "OTHER",
            "NO_CAPACITY",
            "CONFLICT_OF_INTEREST",
            "NO_EXPERTISE",
            "NOT_ELIGIBLE",
            "CLIENT_UNREACHABLE"
          ]
        },
        "explanation": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "referralId",
        "declinedBy",
        "reason",
        "explanation",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ReferralLapsed": {
    "1": {
      "description": "Not answered in time; the client is back with the sender.",
      "type": "object",
      "properties": {
        "referralId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "referralId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "RegistrationCodeReserved": {
    "1": {
      "description": "On the stream `registrationcode-<code>`, written before the case registers: a code is unique for ever (rule 1).",
      "type": "object",
      "properties": {
        "registrationCode": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "registrationCode",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "RegistrationCorrected": {
    "1": {
      "description": "The whole new value of a registration's facts; figures take the old contribution back.",
      "type": "object",
      "properties": {
        "registrationId": {
          "type": "string"
        },
        "facts": {
          "description": "For a counterpart's registration only `signaleringRelevance` is new; the rest is null.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "object",
              "properties": {
                "clientMunicipality": {
                  "description": "CBS municipality code of where the client lives, for example `GM0363`; null when unknown. Not the location of help.",
                  "anyOf": [
                    {
                      "type": "null"
                    },
                    {
                      "type": "string"
                    }
                  ]
                },
                "channel": {
                  "enum": [
                    "PHONE",
                    "EMAIL",
                    "WALK_IN",
                    "APPOINTMENT"
                  ]
                },
                "primaryArea": {
                  "enum": [
                    "VREEMDELINGENRECHT",
                    "ARBEIDSRECHT",
                    "SOCIALEZEKERHEIDSRECHT",
                    "SOCIALE_VOORZIENINGENRECHT",
                    "HUURRECHT",
                    "VERBINTENISSENRECHT",
                    "CONSUMENTENRECHT",
                    "ANDERS"
                  ]
                },
                "furtherAreas": {
                  "type": "array",
                  "items": {
                    "enum": [
                      "VREEMDELINGENRECHT",
                      "ARBEIDSRECHT",
                      "SOCIALEZEKERHEIDSRECHT",
                      "SOCIALE_VOORZIENINGENRECHT",
                      "HUURRECHT",
                      "VERBINTENISSENRECHT",
                      "CONSUMENTENRECHT",
                      "ANDERS"
                    ]
                  }
                },
                "lifeDomains": {
                  "type": "array",
                  "items": {
                    "enum": [
                      "OTHER",
                      "INCOME",
                      "DEBT",
                      "HOUSING",
                      "WORK",
                      "FAMILY",
                      "HEALTH",
                      "RESIDENCE",
                      "ADMINISTRATION"
                    ]
                  }
                },
                "opposingPartyKind": {
                  "anyOf": [
                    {
                      "type": "null"
                    },
                    {
                      "const": "OTHER"
                    },
                    {
                      "const": "LANDLORD"
                    },
                    {
                      "const": "EMPLOYER"
                    },
                    {
                      "const": "MUNICIPALITY"
                    },
                    {
                      "const": "UWV"
                    },
                    {
                      "const": "SVB"
                    },
                    {
                      "const": "IND"
                    },
                    {
                      "const": "TAX_AUTHORITY"
                    },
                    {
                      "const": "COMPANY"
                    },
                    {
                      "const": "PRIVATE_PERSON"
                    }
                  ]
                },
                "opposingPartyName": {
                  "anyOf": [
                    {
                      "type": "null"
                    },
                    {
                      "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                      "type": "object",
                      "properties": {
                        "v": {
                          "const": 1
                        },
                        "kid": {
                          "type": "string"
                        },
                        "n": {
                          "type": "string"
                        },
                        "c": {
                          "type": "string"
                        },
                        "t": {
                          "type": "string"
                        },
                        "f": {
                          "type": "string"
                        }
                      },
                      "required": [
                        "v",
                        "kid",
                        "n",
                        "c",
                        "t",
                        "f"
                      ]
                    }
                  ]
                },
                "clientQuestion": {
                  "anyOf": [
                    {
                      "type": "null"
                    },
                    {
                      "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                      "type": "object",
                      "properties": {
                        "v": {
                          "const": 1
                        },
                        "kid": {
                          "type": "string"
                        },
                        "n": {
                          "type": "string"
                        },
                        "c": {
                          "type": "string"
                        },
                        "t": {
                          "type": "string"
                        },
                        "f": {
                          "type": "string"
                        }
                      },
                      "required": [
                        "v",
                        "kid",
                        "n",
                        "c",
                        "t",
                        "f"
                      ]
                    }
                  ]
                },
                "professionalQuestion": {
                  "anyOf": [
                    {
                      "type": "null"
                    },
                    {
                      "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
                      "type": "object",
                      "properties": {
                        "v": {
                          "const": 1
                        },
                        "kid": {
                          "type": "string"
                        },
                        "n": {
                          "type": "string"
                        },
                        "c": {
                          "type": "string"
                        },
                        "t": {
                          "type": "string"
                        },
                        "f": {
                          "type": "string"
                        }
                      },
                      "required": [
                        "v",
                        "kid",
                        "n",
                        "c",
                        "t",
                        "f"
                      ]
                    }
                  ]
                },
                "signaleringRelevance": {
                  "enum": [
                    "YES",
                    "NO",
                    "NOT_ANSWERED",
                    "NOT_ASKED"
                  ]
                }
              },
              "required": [
                "clientMunicipality",
                "channel",
                "primaryArea",
                "furtherAreas",
                "lifeDomains",
                "opposingPartyKind",
                "opposingPartyName",
                "clientQuestion",
                "professionalQuestion",
                "signaleringRelevance"
              ]
            }
          ]
        },
        "signaleringRelevance": {
          "enum": [
            "YES",
            "NO",
            "NOT_ANSWERED",
            "NOT_ASKED"
          ]
        },
        "reason": {
          "enum": [
            "TYPING_MISTAKE",
            "MISUNDERSTOOD",
            "NEW_INFORMATION",
            "WRONG_CASE",
            "DOUBLE_ENTRY"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "registrationId",
        "facts",
        "signaleringRelevance",
        "reason",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "RegistrationLinked": {
    "1": {
      "description": "A registration that started as a case of its own was linked; written to both streams, which never merge (rule 8).",
      "type": "object",
      "properties": {
        "role": {
          "description": "`HOST` on the stream whose code was used, `GUEST` on the stream that the registration came from.",
          "enum": [
            "HOST",
            "GUEST"
          ]
        },
        "hostCaseId": {
          "type": "string"
        },
        "guestCaseId": {
          "type": "string"
        },
        "registrationId": {
          "description": "The guest's registration.",
          "type": "string"
        },
        "registeredBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "side": {
          "enum": [
            "ASKING",
            "CONSULTED"
          ]
        },
        "conversationId": {
          "description": "The host's conversation of which the guest gave its account, null when it gave none.",
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "role",
        "hostCaseId",
        "guestCaseId",
        "registrationId",
        "registeredBy",
        "side",
        "conversationId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "RetentionTermSet": {
    "1": {
      "description": "An organisation said for how long it keeps the personal data of a closed case.",
      "type": "object",
      "properties": {
        "organisationId": {
          "type": "string"
        },
        "term": {
          "type": "object",
          "properties": {
            "years": {
              "description": "Whole years after the closing.",
              "type": "number"
            },
            "duty": {
              "description": "Law or professional rules forbid to erase earlier, also at the client's request (AVG art. 17(3)(b)).",
              "type": "boolean"
            }
          },
          "required": [
            "years",
            "duty"
          ]
        },
        "occurredAt": {
          "type": "string"
        }
      },
      "required": [
        "organisationId",
        "term",
        "occurredAt"
      ]
    }
  },
  "SelfRelianceAssessed": {
    "1": {
      "description": "How far the client can act alone was assessed (P 12).",
      "type": "object",
      "properties": {
        "assessmentId": {
          "type": "string"
        },
        "assessedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "outcome": {
          "enum": [
            "SELF_RELIANT",
            "PARTLY",
            "NOT_SELF_RELIANT"
          ]
        },
        "wronglyAssumed": {
          "description": "Self-reliance was wrongly assumed by a rule or an institution (P 11).",
          "type": "boolean"
        },
        "indicators": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "description": "Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.",
              "type": "object",
              "properties": {
                "v": {
                  "const": 1
                },
                "kid": {
                  "type": "string"
                },
                "n": {
                  "type": "string"
                },
                "c": {
                  "type": "string"
                },
                "t": {
                  "type": "string"
                },
                "f": {
                  "type": "string"
                }
              },
              "required": [
                "v",
                "kid",
                "n",
                "c",
                "t",
                "f"
              ]
            }
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "assessmentId",
        "assessedBy",
        "outcome",
        "wronglyAssumed",
        "indicators",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ToevoegingGranted": {
    "1": {
      "type": "object",
      "properties": {
        "toevoegingId": {
          "type": "string"
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "toevoegingId",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ToevoegingRefused": {
    "1": {
      "type": "object",
      "properties": {
        "toevoegingId": {
          "type": "string"
        },
        "ground": {
          "enum": [
            "OTHER",
            "ZELFREDZAAMHEIDSCRITERIUM",
            "MEANS",
            "INTEREST_TOO_SMALL",
            "NO_MERIT",
            "OTHER_PROVISION_AVAILABLE"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "toevoegingId",
        "ground",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "ToevoegingRequested": {
    "1": {
      "description": "Subsidised legal aid was applied for; feeds the self-reliance monitor (P foreword, P 11).",
      "type": "object",
      "properties": {
        "toevoegingId": {
          "type": "string"
        },
        "referralId": {
          "anyOf": [
            {
              "type": "null"
            },
            {
              "type": "string"
            }
          ]
        },
        "kind": {
          "enum": [
            "LAT",
            "REGULAR",
            "ATZ"
          ]
        },
        "requestedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "toevoegingId",
        "referralId",
        "kind",
        "requestedBy",
        "caseId",
        "occurredAt"
      ]
    }
  },
  "WarmHandoverCompleted": {
    "1": {
      "description": "The receiver had first contact with the client; only the receiver can say so (rule 5).",
      "type": "object",
      "properties": {
        "handoverId": {
          "type": "string"
        },
        "completedBy": {
          "type": "object",
          "properties": {
            "professionalId": {
              "type": "string"
            },
            "organisationId": {
              "type": "string"
            },
            "organisationKind": {
              "enum": [
                "JURIDISCH_LOKET",
                "SOCIAAL_RAADSLIEDEN",
                "ADVOCATUUR",
                "MEDIATION",
                "OTHER"
              ]
            },
            "locationId": {
              "type": "string"
            }
          },
          "required": [
            "professionalId",
            "organisationId",
            "organisationKind",
            "locationId"
          ]
        },
        "caseId": {
          "type": "string"
        },
        "occurredAt": {
          "description": "When the step happened, as opposed to when it was recorded.",
          "type": "string"
        }
      },
      "required": [
        "handoverId",
        "completedBy",
        "caseId",
        "occurredAt"
      ]
    }
  }
};
