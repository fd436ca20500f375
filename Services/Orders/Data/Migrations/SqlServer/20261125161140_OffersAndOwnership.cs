using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OffersAndOwnership : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LinePosition",
                table: "GiftCodes",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OrderId",
                table: "GiftCodes",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedCode",
                table: "GiftCodes",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "VoidedAt",
                table: "GiftCodes",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Offers",
                columns: table => new
                {
                    Sku = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ProductId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Digital = table.Column<bool>(type: "bit", nullable: false),
                    Sold = table.Column<bool>(type: "bit", nullable: false),
                    Currencies = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CategoryIds = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AsOf = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Offers", x => x.Sku);
                });

            migrationBuilder.CreateTable(
                name: "Ownerships",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sku = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ownerships", x => new { x.UserId, x.Sku });
                });

            migrationBuilder.Sql(
                """
                INSERT INTO [Ownerships] ([UserId], [Sku], [OrderId])
                SELECT [UserId], [Sku], MIN([OrderId]) FROM [LibraryItems] WHERE [Kind] IN (N'game', N'addon', N'bundle') GROUP BY [UserId], [Sku]
                """);

            migrationBuilder.CreateIndex(
                name: "IX_GiftCodes_OrderId",
                table: "GiftCodes",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_Ownerships_OrderId",
                table: "Ownerships",
                column: "OrderId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Offers");

            migrationBuilder.DropTable(
                name: "Ownerships");

            migrationBuilder.DropIndex(
                name: "IX_GiftCodes_OrderId",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "LinePosition",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "OrderId",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "SealedCode",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "VoidedAt",
                table: "GiftCodes");
        }
    }
}
