using DataResilience.Engine.Selection;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Selection;

/// <summary>What comes with chosen tables, and what is left out rather than bringing tables that nobody chose.</summary>
public sealed class SchemaSelectionTests
{
    private const string Users = "shop.users";
    private const string Orders = "shop.orders";

    /// <summary>By name: kind, table, and the names of what it needs.</summary>
    private static readonly (string Kind, string Name, string? Table, string[] Needs)[] Shop =
    [
        ("schema", "shop", null, []),
        ("type", "status", null, ["shop"]),
        ("comment", "about status", null, ["status"]),
        ("type", "unused", null, ["shop"]),
        ("function", "touch", null, ["shop"]),
        ("acl", "acl of touch", null, ["touch"]),
        ("table", "users", Users, ["shop"]),
        ("sequence", "users_id_seq", Users, ["users"]),
        ("default", "users id", Users, ["users", "users_id_seq"]),
        ("sequence", "numbers", null, ["shop"]),
        ("table", "orders", Orders, ["shop", "status"]),
        ("sequence", "orders_id_seq", Orders, ["orders"]),
        ("default", "orders id", Orders, ["orders", "orders_id_seq"]),
        ("default", "orders number", Orders, ["orders", "numbers"]),
        ("default", "orders guest", Orders, ["orders", "users_id_seq"]),
        ("view", "totals", null, ["orders", "users"]),
        ("view", "open", null, ["orders"]),
        ("view", "names", null, ["users"]),
        ("function", "of users", null, ["names"]),
        ("comment", "about orders", Orders, ["orders"]),
        ("acl", "acl of orders", Orders, ["orders"]),
        ("constraint", "users_pkey", Users, ["users"]),
        ("constraint", "orders_pkey", Orders, ["orders"]),
        ("index", "orders_at", Orders, ["orders"]),
        ("fk constraint", "orders_user", Orders, ["orders", "users_pkey"]),
        ("comment", "about orders_user", Orders, ["orders_user"]),
        ("trigger", "orders_touch", Orders, ["orders", "touch"]),
        ("trigger", "orders_log", Orders, ["orders", "of users"]),
        ("table", "parts", "shop.parts", ["shop"]),
        ("table", "parts_2026", "shop.parts_2026", ["parts"]),
        ("constraint", "parts_pkey", "shop.parts", ["parts"]),
    ];

    [Fact]
    public void A_chosen_table_comes_with_what_is_its_own_and_what_stands_alone_and_is_needed()
    {
        SchemaSelection selection = Select(["orders"]);

        Assert.Equal([Orders], selection.Tables);
        Assert.Equal(
            [
                "shop", "status", "about status", "touch", "acl of touch", "numbers", "orders", "orders_id_seq", "orders id", "orders number",
                "about orders", "acl of orders", "orders_pkey", "orders_at", "orders_touch",
            ],
            Names(selection));
    }

    [Fact]
    public void What_needs_a_table_that_is_not_chosen_is_left_out_and_told()
    {
        SchemaSelection selection = Select(["orders"]);

        Assert.Equal(
            [
                "The default 'orders guest' of the table 'shop.orders' is left out, because it needs the sequence 'users_id_seq' of the table 'shop.users', which is left out.",
                "The fk constraint 'orders_user' of the table 'shop.orders' is left out, because it needs the constraint 'users_pkey' of the table 'shop.users', which is left out.",
                "The trigger 'orders_log' of the table 'shop.orders' is left out, because it needs the function 'shop.of users', which is left out.",
            ],
            selection.Warnings());
        Assert.True(selection.GoesBeyond);
    }

    [Fact]
    public void With_both_tables_the_foreign_key_comes_and_views_still_do_not()
    {
        SchemaSelection selection = Select(["orders", "users"]);

        Assert.Contains("orders_user", Names(selection));
        Assert.Contains("about orders_user", Names(selection));
        Assert.Contains("orders_log", Names(selection));
        Assert.Contains("names", Names(selection));
        Assert.DoesNotContain("totals", Names(selection));
        Assert.DoesNotContain("open", Names(selection));
        Assert.Empty(selection.Warnings());
        Assert.False(selection.GoesBeyond);
    }

    [Fact]
    public void What_the_target_has_already_need_not_come()
    {
        SchemaSelection selection = Select(["orders"], present: [Users, Orders]);

        Assert.Contains("orders_user", Names(selection));
        Assert.Contains("orders guest", Names(selection));
        Assert.DoesNotContain("users", Names(selection));
        Assert.DoesNotContain("users_pkey", Names(selection));
        Assert.Empty(selection.Warnings());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_table_brings_the_table_that_it_inherits_from_and_nothing_of_it(bool chosenByName)
    {
        SchemaSelection selection = chosenByName ? Select(["parts_2026"]) : Select([], ["orders", "users", "parts"]);

        Assert.Equal(["shop.parts_2026"], selection.Tables);
        Assert.Contains("parts", Names(selection));
        Assert.Contains("parts_2026", Names(selection));
        Assert.DoesNotContain("parts_pkey", Names(selection));
        Assert.True(selection.GoesBeyond);
    }

    [Fact]
    public void Leaving_out_a_table_leaves_out_what_needs_it_and_nothing_else()
    {
        SchemaSelection selection = Select([], ["users"]);

        string[] left = [.. Shop.Select(item => item.Name).Except(Names(selection))];
        Assert.Equal(
            ["users", "users_id_seq", "users id", "orders guest", "totals", "names", "of users", "users_pkey", "orders_user", "about orders_user", "orders_log"],
            left);
        Assert.Equal(["orders guest", "totals", "names", "of users", "orders_user", "orders_log"], selection.Dropped.Select(dropped => dropped.Item.Name));
    }

    [Fact]
    public void Everything_is_everything()
    {
        SchemaSelection selection = Select([]);

        Assert.Equal(Shop.Select(item => item.Name), Names(selection));
        Assert.False(selection.IsPartial);
        Assert.Empty(selection.Warnings());
    }

    [Fact]
    public void Needs_that_go_round_in_circles_and_needs_that_nothing_has_do_no_harm()
    {
        SchemaObject first = Object(1, "view", "a", null, 2);
        SchemaObject second = Object(2, "view", "b", null, 1, 77);
        SchemaObject table = Object(3, "table", "t", "t", 99);
        SchemaObject index = Object(4, "index", "i", "t", 3, 1);

        SchemaSelection selection = SchemaSelection.Of(["t"], [first, second, table, index], new NameFilter(["t"], []), NoMatch);

        Assert.Equal([1, 2, 3, 4], selection.Objects.Select(item => item.Id));
    }

    [Theory]
    [InlineData("log", "log, y2026, m01, m02, m01 index, m02 index, y2026 attach, m01 attach, m02 attach")]
    [InlineData("y2026", "log, y2026, m01, m02, m01 index, m02 index, y2026 attach, m01 attach, m02 attach")]
    [InlineData("m01", "log, y2026, m01, m01 index, m01 attach")]
    public void A_table_is_chosen_with_its_partitions_and_a_partition_without_the_others(string chosen, string expected)
    {
        Assert.Equal(expected, string.Join(", ", SelectPartitions([chosen], []).Objects.Select(item => item.Name)));
    }

    [Theory]
    [InlineData("log", "")]
    [InlineData("y2026", "log")]
    [InlineData("m01", "log, y2026, m02, m02 index, y2026 attach, m02 attach")]
    public void A_table_is_left_out_with_its_partitions_and_a_partition_without_the_others(string left, string expected)
    {
        SchemaSelection selection = SelectPartitions([], [left]);

        Assert.Equal(expected, string.Join(", ", selection.Objects.Select(item => item.Name)));
        Assert.Empty(selection.Warnings());
    }

    /// <summary>A hundred thousand objects, each of which needs the one before and its table: no way through them is walked twice.</summary>
    [Fact]
    public void A_hundred_thousand_objects_are_ordinary()
    {
        const int Tables = 10_000;
        const int OfEach = 10;
        List<SchemaObject> objects = [];
        for (int i = 0; i < Tables; i++)
        {
            int table = objects.Count;
            objects.Add(Object(table, "table", $"t{i}", $"t{i}"));
            for (int j = 1; j < OfEach; j++)
            {
                objects.Add(Object(table + j, "fk constraint", $"fk{i}.{j}", $"t{i}", table, Math.Max(0, table - OfEach), table + j - 1));
            }
        }

        string[] names = [.. Enumerable.Range(0, Tables).Select(i => $"t{i}")];
        SchemaSelection odd = SchemaSelection.Of(names, objects, new NameFilter(["t*1", "t*3"], []), NoMatch);
        SchemaSelection rest = SchemaSelection.Of(names, objects, new NameFilter([], ["t5000"]), NoMatch);

        Assert.Equal(Tables / 5, odd.Objects.Count);
        Assert.Equal(Tables / 5 * (OfEach - 1), odd.Dropped.Count);
        Assert.Equal(OfEach - 1, rest.Dropped.Count);
    }

    private static SchemaSelection SelectPartitions(string[] take, string[] leave) => SchemaSelection.Of(
        ["m01", "m02"],
        [
            Object(1, "table", "log", "log"),
            Object(2, "table", "y2026", "log", 1),
            Object(3, "table", "m01", "y2026", 2),
            Object(4, "table", "m02", "y2026", 2),
            Object(5, "index", "m01 index", "m01", 3),
            Object(6, "index", "m02 index", "m02", 4),
            Object(7, "table attach", "y2026 attach", "y2026", 1, 2),
            Object(8, "table attach", "m01 attach", "m01", 2, 3),
            Object(9, "table attach", "m02 attach", "m02", 2, 4),
        ],
        new NameFilter(take, leave),
        NoMatch);

    private static SchemaSelection Select(string[] take, string[]? leave = null, string[]? present = null)
    {
        Dictionary<string, int> ids = Shop.Select((item, i) => (item.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i + 1, StringComparer.Ordinal);
        SchemaObject[] objects =
        [
            .. Shop.Select(item => Object(ids[item.Name], item.Kind, item.Name, item.Table, [.. item.Needs.Select(need => ids[need])]) with
            {
                Schema = item.Kind == "schema" ? "" : "shop",
            }),
        ];
        return SchemaSelection.Of(
            [Users, Orders, "shop.parts", "shop.parts_2026"],
            objects,
            new NameFilter([.. take.Select(name => $"shop.{name}")], [.. (leave ?? []).Select(name => $"shop.{name}")]),
            NoMatch,
            present ?? []);
    }

    private static SchemaObject Object(int id, string kind, string name, string? table, params int[] needs) => new()
    {
        Id = id,
        Kind = kind,
        Name = name,
        Table = table,
        Phase = SchemaPhase.PreData,
        Definition = "",
        DependsOn = needs,
    };

    private static IEnumerable<string> Names(SchemaSelection selection) => selection.Objects.Select(item => item.Name);

    private static DataResilienceException NoMatch(string pattern) => Errors.NothingMatched.Create(pattern);
}
