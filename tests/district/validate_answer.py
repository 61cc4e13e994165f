"""Checks one answer of the server against its OpenAPI document.
   validate_answer.py OPENAPI METHOD PATH STATUS BODY_FILE
Prints what is wrong and ends with 1; prints nothing when the answer is as documented."""
import json
import sys

import jsonschema

document_file, method, path, status, body_file = sys.argv[1:]
with open(document_file, encoding="utf-8") as file:
    document = json.load(file)
jsonschema.Draft202012Validator.check_schema(document["components"]["schemas"])


def resolve(part):
    while "$ref" in part:
        where = part["$ref"].removeprefix("#/").split("/")
        part = document
        for step in where:
            part = part[step]
    return part


response = resolve(document["paths"][path][method]["responses"][status])
kind = "application/json" if status == "200" else "application/problem+json"
schema = dict(response["content"][kind]["schema"])
schema["components"] = document["components"]  # what "#/components/…" means in it
with open(body_file, encoding="utf-8") as file:
    answer = json.load(file)
errors = list(jsonschema.Draft202012Validator(schema).iter_errors(answer))
for error in errors:
    print("/".join(map(str, error.absolute_path)) or "(all)", error.message)
sys.exit(1 if errors else 0)
