using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Memberships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Months",
                table: "Variants",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tier",
                table: "Variants",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Member",
                table: "Prices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MemberTier",
                table: "Prices",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MonthlyGames",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sku = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ProductId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Tier = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    From = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonthlyGames", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonthlyGames_Variants_Sku",
                        column: x => x.Sku,
                        principalTable: "Variants",
                        principalColumn: "Sku",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_ProductId",
                table: "MonthlyGames",
                column: "ProductId");

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_Sku",
                table: "MonthlyGames",
                column: "Sku");

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_Until",
                table: "MonthlyGames",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MonthlyGames");

            migrationBuilder.DropColumn(
                name: "Months",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "Tier",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "Member",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "MemberTier",
                table: "Prices");
        }
    }
}
