CREATE SCHEMA "Weird Schema";
CREATE TABLE "Weird Schema"."select" ("Order" integer PRIMARY KEY, "a.b" text DEFAULT 'back`tick ${x} \n', "über" boolean, "user" text);
CREATE INDEX "from" ON "Weird Schema"."select" ("a.b", "user");
CREATE TYPE "Weird Schema"."enum.type" AS ENUM ('a"b', 'c`d');
CREATE TABLE "Weird Schema"."child" (r integer REFERENCES "Weird Schema"."select", e "Weird Schema"."enum.type"[] DEFAULT '{}');
