import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Timefold on one timetable, with its default phases and moves.
 *
 * <p>An entity is a patient's week, its variable the pattern (which turns in which zone), so that
 * two patients can swap patterns. What a pattern costs a patient and what it uses of the shared
 * rows comes from tables in a file, the same numbers that all other solvers get.
 *
 * <p>Usage: java Timetable PROBLEM PLAN SECONDS SEED. See {@code peers/timefold.py} for the files.
 */
public final class Timetable {

    private Timetable() {}

    /** Which turns in which zone; the same object for everybody who could have it. */
    public record Pattern(int number) {}

    /** A patient's week with a pattern: its number, costs by tier, and use of rows. */
    public record Week(int column, long[] cost, int[] row, long[] use) {}

    /** What all share: limits, and for rows that may be exceeded by how much and at what price. */
    public record Rows(long[] limit, long[] most, long[][] price) {}

    @PlanningEntity
    public static class Patient {
        @PlanningId public Integer number;
        public Map<Pattern, Week> weeks;

        @ValueRangeProvider(id = "patterns")
        public List<Pattern> patterns;

        @PlanningVariable(valueRangeProviderRefs = "patterns")
        public Pattern pattern;

        public Patient() {}

        Week week() {
            return pattern == null ? null : weeks.get(pattern);
        }
    }

    @PlanningSolution
    public static class Plan {
        @ProblemFactProperty public Rows rows;
        @PlanningEntityCollectionProperty public List<Patient> patients;

        @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = TIERS)
        public BendableLongScore score;

        public Plan() {}
    }

    /** Broken promises, then the center's own tiers. */
    public static final int TIERS = 3;

    /** Adds up what is used of the rows; hard is what does not fit, soft the tiers. */
    public static class Calculator implements IncrementalScoreCalculator<Plan, BendableLongScore> {
        private Rows rows;
        private long[] used;
        private long[] soft;
        private long hard;

        @Override
        public void resetWorkingSolution(Plan plan) {
            rows = plan.rows;
            used = new long[rows.limit().length];
            soft = new long[TIERS];
            hard = 0;
            for (int row = 0; row < used.length; row++) {
                account(row, 1);
            }
            plan.patients.forEach(patient -> move(patient, 1));
        }

        @Override
        public void beforeEntityAdded(Object entity) {}

        @Override
        public void afterEntityAdded(Object entity) {
            move((Patient) entity, 1);
        }

        @Override
        public void beforeVariableChanged(Object entity, String variable) {
            move((Patient) entity, -1);
        }

        @Override
        public void afterVariableChanged(Object entity, String variable) {
            move((Patient) entity, 1);
        }

        @Override
        public void beforeEntityRemoved(Object entity) {
            move((Patient) entity, -1);
        }

        @Override
        public void afterEntityRemoved(Object entity) {}

        @Override
        public BendableLongScore calculateScore() {
            long[] costs = Arrays.stream(soft).map(cost -> -cost).toArray();
            return BendableLongScore.of(new long[] {-hard}, costs);
        }

        private void move(Patient patient, int sign) {
            Week week = patient.week();
            if (week == null) {
                return;
            }
            for (int tier = 0; tier < TIERS; tier++) {
                soft[tier] += sign * week.cost()[tier];
            }
            for (int i = 0; i < week.row().length; i++) {
                int row = week.row()[i];
                account(row, -1);
                used[row] += sign * week.use()[i];
                account(row, 1);
            }
        }

        private void account(int row, int sign) {
            long over = Math.max(0, used[row] - rows.limit()[row]);
            long paid = Math.min(over, rows.most()[row]);
            hard += sign * (over - paid);
            for (int tier = 0; tier < TIERS && paid > 0; tier++) {
                soft[tier] += sign * paid * rows.price()[row][tier];
            }
        }
    }

    /** Solves and writes the number of each patient's column, one a line. */
    public static void main(String[] arguments) throws IOException {
        Plan plan = new Reader(Path.of(arguments[0])).plan();
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Patient.class)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Calculator.class))
                .withRandomSeed(Long.parseLong(arguments[3]))
                .withTerminationSpentLimit(Duration.ofMillis(
                        Math.round(1000 * Double.parseDouble(arguments[2]))));
        Plan best = SolverFactory.<Plan>create(config).buildSolver().solve(plan);
        Files.writeString(Path.of(arguments[1]), best.patients.stream()
                .map(patient -> patient.week().column() + "\n")
                .collect(Collectors.joining()));
    }

    /** Reads a problem: integers apart by white space. */
    private static final class Reader {
        private final StreamTokenizer tokens;

        Reader(Path file) throws IOException {
            BufferedReader text = Files.newBufferedReader(file);
            tokens = new StreamTokenizer(text);
        }

        long next() throws IOException {
            if (tokens.nextToken() != StreamTokenizer.TT_NUMBER) {
                throw new IOException("expected a number, line " + tokens.lineno());
            }
            return (long) tokens.nval;
        }

        int count() throws IOException {
            return Math.toIntExact(next());
        }

        long[] longs(int size) throws IOException {
            long[] found = new long[size];
            for (int i = 0; i < size; i++) {
                found[i] = next();
            }
            return found;
        }

        Plan plan() throws IOException {
            Plan plan = new Plan();
            int patients = count();
            int rows = count();
            if (count() != TIERS) {
                throw new IOException("expected " + TIERS + " tiers");
            }
            long[] limit = longs(rows);
            long[] most = longs(rows);
            long[][] price = new long[rows][];
            for (int row = 0; row < rows; row++) {
                price[row] = longs(TIERS);
            }
            plan.rows = new Rows(limit, most, price);
            Map<Integer, Pattern> patterns = new HashMap<>();
            plan.patients = new ArrayList<>();
            for (int number = 0; number < patients; number++) {
                plan.patients.add(patient(number, patterns));
            }
            return plan;
        }

        private Patient patient(int number, Map<Integer, Pattern> patterns) throws IOException {
            Patient patient = new Patient();
            patient.number = number;
            patient.weeks = new HashMap<>();
            patient.patterns = new ArrayList<>();
            int columns = count();
            int start = count();
            for (int i = 0; i < columns; i++) {
                int column = count();
                Pattern pattern = patterns.computeIfAbsent(count(), Pattern::new);
                long[] cost = longs(TIERS);
                int used = count();
                int[] row = new int[used];
                long[] use = new long[used];
                for (int k = 0; k < used; k++) {
                    row[k] = count();
                    use[k] = next();
                }
                patient.weeks.put(pattern, new Week(column, cost, row, use));
                patient.patterns.add(pattern);
                if (column == start) {
                    patient.pattern = pattern;
                }
            }
            return patient;
        }
    }
}
