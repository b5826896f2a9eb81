namespace DataResilience.MySql.Tests;

/// <summary>Definitions as servers print them, taken apart.</summary>
public sealed class DefinitionTests
{
    private const string Computed = """
        CREATE TABLE `t` (
          `id` bigint NOT NULL AUTO_INCREMENT,
          `a` int NOT NULL,
          `b` varchar(10) DEFAULT NULL COMMENT 'NOT NULL AUTO_INCREMENT',
          UNIQUE KEY `second` (`a`),
          UNIQUE KEY `counter` (`id`),
          UNIQUE KEY `pair` (`a`,`b`),
          KEY `plain` (`b`),
          FULLTEXT KEY `words` (`b`),
          CONSTRAINT `c` CHECK ((`a` > 0))
        ) ENGINE=InnoDB
        """;

    [Theory]
    [InlineData("InnoDB", "BASE TABLE", "pair,plain,words")]
    [InlineData("MyISAM", "BASE TABLE", "")]
    [InlineData("InnoDB", "SYSTEM VERSIONED", "")]
    public void Indexes_come_after_the_rows_where_none_is_needed_before(string engine, string type, string expected)
    {
        var table = TableDefinition.Read(Computed)!;

        TableElement rowKey = RowKey.Of(table)!;
        IReadOnlySet<TableElement> late = LateElements.Of(table, new CatalogTable("t", type, engine, null, ""), rowKey);

        Assert.Equal("second", rowKey.Name);
        Assert.Equal(expected, string.Join(',', table.Elements.Where(late.Contains).Select(element => element.Name)));
    }

    [Fact]
    public void An_index_that_counts_keeps_those_before_it()
    {
        var table = TableDefinition.Read(
            "CREATE TABLE `t` (\n  `n` int NOT NULL AUTO_INCREMENT,\n  KEY `a` (`x`),\n  KEY `n` (`n`),\n  KEY `z` (`z`)\n) ENGINE=InnoDB AUTO_INCREMENT=8")!;

        IReadOnlySet<TableElement> late = LateElements.Of(table, new CatalogTable("t", "BASE TABLE", "InnoDB", null, ""), RowKey.Of(table));

        Assert.Equal("z", Assert.Single(late).Name);
        Assert.Equal(
            "CREATE TABLE `t` (\n  `n` int NOT NULL AUTO_INCREMENT,\n  KEY `a` (`x`),\n  KEY `n` (`n`)\n) ENGINE=InnoDB AUTO_INCREMENT=8",
            table.With(element => !late.Contains(element)));
    }

    [Theory]
    [InlineData("select `t`.`a` AS `x` from `t`", "t")]
    [InlineData("select `z`.`a` AS `from` from (`v` `z` join (`shop`.`p` left join `q` on((`p`.`x` = `q`.`y`))) on((1 = 1)))", "p,q,v")]
    [InlineData("select trim(both 'x' from `a`.`b`) AS `t`,extract(year from `a`.`c`) AS `y` from `a`", "a")]
    [InlineData("with recursive cte(`n`) as (select 1 AS `n` union all select `cte`.`n` + 1 from `cte`), z as (select `b`.`x` from `b`)select `cte`.`n` from (`cte` join `z`)", "b")]
    [InlineData("with `cte` (`n`) as (select 1 AS `1`) select `cte`.`n` from `cte`", "")]
    [InlineData("select `f`(`t`.`a`) AS `f`,`shop`.`g`(1) AS `g` from `other`.`t` where exists(select 1 from `u` limit 1)", "f(),g(),other.t,u")]
    [InlineData("select nextval(`shop`.`s`) AS `n`,`v`.`id` AS `id` from `shop`.`versioned` FOR SYSTEM_TIME ALL `v`", "s,versioned")]
    [InlineData("select `j`.`n` from (`d` join json_table(`d`.`doc`, '$[*]' columns (`n` int path '$')) `j`) join lateral (select max(`p`.`id`) from `p`) `l`", "d,p")]
    [InlineData("select straight_join `a`.`x` from (`a` straight_join `b`) window `w` AS (PARTITION BY `a`.`x` )", "a,b")]
    public void A_view_names_what_it_uses(string query, string expected)
    {
        var view = ViewDefinition.Read($"CREATE ALGORITHM=UNDEFINED DEFINER=`r`@`h` SQL SECURITY DEFINER VIEW `shop`.`v w` (`as`,`b`) AS {query} WITH CASCADED CHECK OPTION", "shop");

        Assert.Equal(
            expected,
            string.Join(',', view.References
                .Select(item => $"{item.Database}{(item.Database.Length > 0 ? "." : "")}{item.Name}{(item.IsRoutine ? "()" : "")}")
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_view_does_not_name_its_own_database()
    {
        var view = ViewDefinition.Read(
            "CREATE VIEW `shop`.`v` AS select `shop`.`id` AS `id`,`shop`.`t`.`a` AS `a`,`shop`.`f`(1) AS `shop`,'`shop`.`t`' AS `x` from (`shop`.`shop` join `shop`.`t` join `other`.`shop` `o`)",
            "shop");

        Assert.Equal(
            "CREATE VIEW `v` AS select `shop`.`id` AS `id`,`t`.`a` AS `a`,`f`(1) AS `shop`,'`shop`.`t`' AS `x` from (`shop` join `t` join `other`.`shop` `o`)",
            view.Text);
    }

    [Theory]
    [InlineData("trigger shop.tr before insert on shop.t for each row begin set new.a=shop.f(); end", "")]
    [InlineData("TRIGGER IF NOT EXISTS `shop`.`tr` BEFORE INSERT ON `shop` . `t` FOR EACH ROW FOLLOWS `on` begin set new.a=shop.f(); end", "")]
    [InlineData("TRIGGER \"shop\".\"tr\" AFTER DELETE ON \"shop\".\"t\" FOR EACH ROW precedes x SET @a = 'a\\'", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES")]
    public void A_trigger_is_made_in_the_database_that_is_used_and_behind_those_before_it(string statement, string sqlMode)
    {
        string plain = TriggerDefinition.Plain($"CREATE DEFINER=`on`@`%` {statement}", sqlMode);

        Assert.DoesNotMatch("(?i)(trigger|exists|on) [`\"]?shop", plain);
        Assert.DoesNotMatch("(?i)follows|precedes", plain);
        Assert.EndsWith(statement[(statement.LastIndexOf("set", StringComparison.OrdinalIgnoreCase))..], plain, StringComparison.Ordinal);
        Assert.Contains("`on`@`%`", plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GRANT RELOAD, SHOW VIEW ON *.* TO `u`@`%`", "Server|||RELOAD,SHOW VIEW", null)]
    [InlineData(@"GRANT SELECT ON `sh\_op%`.* TO `u`@`%` WITH GRANT OPTION", @"Database|sh\_op%||SELECT", "GRANT SELECT ON * TO `u`@`%` WITH GRANT OPTION")]
    [InlineData("GRANT SELECT (`on`, `b`), INSERT ON `shop`.`t` TO `u`@`%`", "Object|shop|t|SELECT,INSERT", "GRANT SELECT (`on`, `b`), INSERT ON `t` TO `u`@`%`")]
    [InlineData("GRANT EXECUTE ON PACKAGE BODY `shop`.`p` TO `u`@`%`", "Object|shop|PACKAGE BODY p|EXECUTE", "GRANT EXECUTE ON PACKAGE BODY `p` TO `u`@`%`")]
    [InlineData("GRANT `r`@`%` TO `u`@`%` WITH ADMIN OPTION", "Role||r|", null)]
    [InlineData("SET DEFAULT ROLE `r` FOR `u`@`%`", "DefaultRole||r|", null)]
    [InlineData("GRANT PROXY ON ``@`` TO `u`@`%` WITH GRANT OPTION", "Other|||PROXY", null)]
    [InlineData("REVOKE SELECT ON `shop`.* FROM `u`@`%`", "Other|||", null)]
    public void A_line_of_grants_is_read(string text, string expected, string? plain)
    {
        var line = GrantLine.Read(text);

        Assert.Equal(expected, $"{line.Scope}|{line.Database}|{$"{line.ObjectType} {line.ObjectName}".Trim()}|{string.Join(',', line.Privileges)}");
        Assert.Equal(plain ?? text, line.Text);
    }

    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("sh_p", "shop", true)]
    [InlineData(@"sh\_p", "shop", false)]
    [InlineData(@"sh\_p", "sh_p", true)]
    [InlineData("s%p", "shop", true)]
    [InlineData("%", "", true)]
    [InlineData("shop", "shopping", false)]
    public void Grants_name_databases_by_patterns(string pattern, string name, bool matches) => Assert.Equal(matches, NamePattern.Matches(pattern, name));

    [Fact]
    public void An_account_is_made_where_it_is_missing_and_gets_its_roles_later()
    {
        var user = UserDefinition.Read(
            "CREATE USER `u`@`%` IDENTIFIED WITH 'caching_sha2_password' AS 0x00 DEFAULT ROLE `a`@`%`,`b`@`%` REQUIRE NONE COMMENT 'DEFAULT ROLE `c`'");

        Assert.Equal(
            "CREATE USER IF NOT EXISTS `u`@`%` IDENTIFIED WITH 'caching_sha2_password' AS 0x00 REQUIRE NONE COMMENT 'DEFAULT ROLE `c`'", user.Text);
        Assert.Equal("`a`@`%`,`b`@`%`", user.DefaultRoles);
    }
}
