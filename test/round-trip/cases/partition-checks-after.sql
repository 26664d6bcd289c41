CREATE TABLE public.readings (
    at date NOT NULL,
    value integer CONSTRAINT value_is_positive CHECK (value > 0),
    gone integer,
    other integer CONSTRAINT other_changes CHECK (other < 20),
    CONSTRAINT comes CHECK (gone <> other)
)
PARTITION BY RANGE (at);
CREATE TABLE public.readings_2025 PARTITION OF public.readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public.readings_2026 PARTITION OF public.readings (CONSTRAINT its_own CHECK (value < 9))
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (at);
CREATE TABLE public.readings_june PARTITION OF public.readings_2026 FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
CREATE TABLE public.readings_rest PARTITION OF public.readings DEFAULT;
CREATE TABLE public.events (
    kind integer NOT NULL,
    CONSTRAINT kind_is_known CHECK (kind > 0)
)
PARTITION BY LIST (kind);
